import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { faultSpecSchema } from '#contracts';
import type { FaultOrder, FaultSpec, Proof, Protocol } from '#contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EdgeDriver } from '../../apps/agent/src/faults/edge-driver.js';
import { createLog } from '../../apps/agent/src/log.js';
import { EdgeProxy } from '../../apps/agent/src/proxy/edge-proxy.js';
import { EdgeMeter } from '../../apps/agent/src/sensors/edge-meter.js';
import { NO_COUNTS } from '../support/fake-agent.js';
import { listen } from '../support/proxied-edge.js';

let target: Server;
let reached = 0;
let meter: EdgeMeter;
let proxy: EdgeProxy;
let driver: EdgeDriver;

async function stand(protocol: Protocol): Promise<void> {
  target = createServer((socket) => {
    reached += 1;
    socket.destroy();
  });
  const edge = { source: 'a', target: 'b', protocol } as const;
  meter = new EdgeMeter();
  proxy = new EdgeProxy({ edge, listen: '127.0.0.1:0', upstream: `127.0.0.1:${await listen(target)}`, meter, log: createLog('silent') });
  await proxy.open();
  driver = new EdgeDriver(() => proxy);
}

beforeEach(() => {
  reached = 0;
});
afterEach(async () => {
  await proxy.close();
  target.close();
});

function order(kind: string, params: object, protocol: Protocol): FaultOrder {
  const spec: FaultSpec = faultSpecSchema.parse({ kind, params });
  return { faultId: randomUUID(), spec, target: { type: 'edge', edge: { source: 'a', target: 'b', protocol } }, leaseTtlMs: 10_000, notAfterMs: 60_000, seed: 7, overlap: 'refuse' };
}

/** Applies the fault as it was asked for and gives what its probes say. */
async function prove(kind: string, params: object, protocol: Protocol): Promise<Proof> {
  const given = order(kind, params, protocol);
  await driver.apply(given);
  try {
    return await driver.prove(given);
  } finally {
    await driver.revert({ driver: 'edge', faultId: given.faultId });
  }
}

type Row = [kind: string, params: object, protocol: Protocol, got: RegExp];

const BITES: Row[] = [
  ['latency', { latencyMs: 80, jitterMs: 0, share: 0.01 }, 'http', /^\+\d+\.\d ms \(median of 5 probes\)/],
  ['latency', { latencyMs: 80, on: 'response' }, 'http', /median/],
  ['latency', { latencyMs: 80, jitterMs: 40 }, 'tcp', /median/],
  ['latency', { latencyMs: 9_000 }, 'http', /no answer within 2 s/],
  ['connect-delay', { delayMs: 90 }, 'tcp', /median/],
  ['connect-delay', { delayMs: 90 }, 'http', /median/],
  ['slow-close', { delayMs: 150 }, 'tcp', /the end passed after/],
  ['slow-close', { delayMs: 150, stream: 'downstream' }, 'tcp', /the end passed after/],
  ['slow-close', { delayMs: 60_000 }, 'tcp', /did not pass/],
  ['abort', { httpStatus: 503, match: { path: '/only/this' } }, 'http', /^status 503$/],
  ['abort', { httpStatus: 599, on: 'response', occurrence: { afterCount: 1_000 } }, 'http', /^status 599$/],
  ['headers', { set: [{ name: 'X-Tenant', value: 'other' }], remove: ['authorization'] }, 'http', /^1 set, 1 removed$/],
  ['headers', { set: [{ name: 'cache-control', value: 'no-store' }], remove: ['etag', 'cache-control'], on: 'response' }, 'http', /^1 set, 2 removed$/],
  ['truncate', { afterBytes: 100 }, 'http', /^100 of 4096 B/],
  ['truncate', { afterBytes: 1_000_000, end: 'reset' }, 'http', /of 4096 B of the body, then the connection ended/],
  ['truncate', { afterBytes: 0, on: 'request' }, 'http', /^0 of 4096 B/],
  ['corrupt', { byteShare: 0.1 }, 'http', /^\d+ of 4096 B changed/],
  ['corrupt', { byteShare: 0.0001, on: 'request' }, 'http', /^[1-9]\d* of 4096 B changed/],
  ['timeout', {}, 'http', /nothing came back for 300 ms and the connection is open/],
  ['timeout', { closeAfterMs: 200 }, 'tcp', /no answer, closed after/],
  ['drop-response', { closeAfterMs: 100 }, 'http', /no answer, closed after/],
  ['drop-response', { closeAfterMs: 0 }, 'http', /nothing came back/],
  ['down', {}, 'tcp', /^ECONNREFUSED$/],
  ['down', {}, 'http', /^ECONNREFUSED$/],
  ['reset', { afterMs: 0 }, 'tcp', /^ECONNRESET after/],
  ['reset', { afterMs: 120 }, 'http', /^ECONNRESET after/],
  ['blackhole', {}, 'tcp', /^0 B reached the upstream/],
  ['blackhole', { stream: 'downstream' }, 'http', /^[1-9]\d* B reached the upstream/],
  ['half-open', { afterMs: 0 }, 'tcp', /nothing came back/],
  ['half-open', { afterMs: 100 }, 'http', /nothing came back/],
  ['bandwidth', { bytesPerSec: 100_000 }, 'http', /B\/s$/],
  ['bandwidth', { bytesPerSec: 50 }, 'http', /B\/s$|nothing within/],
  ['bandwidth', { bytesPerSec: 200_000, stream: 'upstream' }, 'tcp', /B\/s$/],
  ['bandwidth', { bytesPerSec: 300_000, stream: 'downstream' }, 'tcp', /B\/s$/],
  ['slice', { averageBytes: 100, pauseMicros: 2_000 }, 'tcp', /^4096 B in \d+ pieces/],
  ['slice', { averageBytes: 500, variationBytes: 100, pauseMicros: 5_000 }, 'http', /pieces/],
  ['limit-data', { bytes: 700 }, 'tcp', /^700 B passed/],
  ['limit-data', { bytes: 1_000_000, stream: 'downstream' }, 'http', /B passed on the downstream stream, then/],
  ['loss', { lossShare: 0.01, rtoMs: 60 }, 'tcp', /of 10 probes stalled/],
  ['loss', { lossShare: 0.5, rtoMs: 60 }, 'http', /of 10 probes stalled/],
];

describe('the proof of a fault on an edge', () => {
  it.each(BITES)('%s %j on %s: it bites', async (kind, params, protocol, got) => {
    await stand(protocol);
    const proof = await prove(kind, params, protocol);
    expect(proof).toMatchObject({ verdict: 'bites', got: expect.stringMatching(got) });
    expect(proof.asked).not.toBe('');
  });

  it('touches neither the real target nor the numbers of the edge', async () => {
    await stand('http');
    await prove('latency', { latencyMs: 30 }, 'http');
    expect(reached).toBe(0);
    expect(meter.drain(0)).toMatchObject({ ...NO_COUNTS, connectionsActive: 0 });
    expect(proxy.bytes).toEqual({ upstream: { received: 0, sent: 0 }, downstream: { received: 0, sent: 0 } });
  });

  it('says of what takes longer than a probe waits that it was not proven', async () => {
    await stand('tcp');
    expect(await prove('reset', { afterMs: 60_000 }, 'tcp')).toMatchObject({ verdict: 'unproven', got: '' });
    expect(await prove('half-open', { afterMs: 60_000 }, 'tcp')).toMatchObject({ verdict: 'unproven' });
    expect(await prove('bandwidth', { bytesPerSec: 10_000_000_000 }, 'tcp')).toMatchObject({ verdict: expect.stringMatching(/unproven|bites/) });
  });

  it('fails loudly when the fault does not act', async () => {
    await stand('http');
    await expect(driver.prove(order('latency', { latencyMs: 30 }, 'http'))).rejects.toThrow(/does not act/);
  });
});
