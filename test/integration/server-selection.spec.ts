import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { edgeLabel, targetText, type ErrorBody, type FaultGroupView, type FaultView, type PreviewView, type previewSchema, type Topology } from '#contracts';
import type { z } from 'zod';
import type { ApiClient } from '../support/api-client.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { FakeAgent, edgeSecond } from '../support/fake-agent.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';

/** hub -> s0 ... s9 over http, in two regions; s8 and s9 in the second, and hub -> s9 over tcp. */
const STAR: Topology = {
  regions: [
    { name: 'eu', city: 'Zurich', latitudeDeg: 47, longitudeDeg: 8 },
    { name: 'us', city: 'Ashburn', latitudeDeg: 39, longitudeDeg: -77 },
  ],
  nodes: [{ name: 'hub', kind: 'service', region: 'eu' }, ...Array.from({ length: 10 }, (_, i) => ({ name: `s${i}`, kind: 'service' as const, region: i < 8 ? 'eu' : 'us' }))],
  edges: Array.from({ length: 10 }, (_, i) => ({ source: 'hub', target: `s${i}`, protocol: i < 9 ? ('http' as const) : ('tcp' as const) })),
};

type Asked = z.input<typeof previewSchema>;
const LATENCY = { kind: 'latency', params: { latencyMs: 100 } };

let postgres: EmbeddedPostgres;
let server: ServerProcess;
let admin: ApiClient;
let agent: FakeAgent;

function asked(selector: Partial<Extract<Asked['selection']['selector'], { type: 'edges' }>>, pick: Asked['selection']['pick'], parts: Partial<Asked> = {}): Asked {
  return { selection: { selector: { type: 'edges', ...selector }, pick, seed: 7 }, fault: LATENCY, ...parts };
}

const preview = (request: Asked): Promise<PreviewView> => admin.need('POST', '/api/faults/preview', request);
const create = (request: Asked): Promise<FaultGroupView> => admin.need('POST', '/api/faults/selected', { ...request, durationMs: 60_000 });

async function refusal(path: 'preview' | 'selected', request: Asked): Promise<{ status: number } & ErrorBody['error']> {
  const { status, body } = await admin.call<ErrorBody>('POST', `/api/faults/${path}`, path === 'preview' ? request : { ...request, durationMs: 60_000 });
  return { status, ...body.error };
}

const live = (): Promise<FaultView[]> => admin.need('GET', '/api/faults?state=live');

beforeAll(async () => {
  postgres = await startEmbeddedPostgres();
  server = await startServer(postgres.url, { FAULTLINE_MAX_ACTIVE_FAULTS: '8', FAULTLINE_MAX_SELECTED_PERCENT: '70' });
  admin = await server.signIn();
  agent = await FakeAgent.start(admin, { topology: STAR });
});
afterEach(async () => {
  agent.manners = { onApply: 'confirm', onRevert: 'confirm' };
  for (const { id } of await live()) await admin.revert(id);
  await admin.call('POST', '/api/halt/resume', { reason: 'the test is over' });
});
afterAll(async () => {
  agent?.vanish();
  await server?.stop();
  await postgres?.stop();
});

describe('a preview', () => {
  it('names what would be hit, how the number came about, and touches nothing', async () => {
    const before = agent.heard('apply').length;
    const view = await preview(asked({ protocol: 'http' }, { by: 'percent', percent: 30 }));
    expect(view).toMatchObject({ matched: 9, rounding: '30 % of 9 is 2.7, rounded up to 3' });
    expect(view.picked.map(({ refusal }) => refusal)).toEqual([null, null, null]);
    expect(await live()).toEqual([]);
    expect(agent.heard('apply')).toHaveLength(before);
  });

  it('says the requests per second that cross what would be hit, and the connections', async () => {
    const nowSec = Math.floor(Date.now() / 1_000);
    // Counted over five ticks, so a steady second for each of the next ones is what a rate can be seen on.
    for (let sec = nowSec; sec < nowSec + 8; sec += 1) {
      await waitUntil('the second is over', () => Date.now() >= (sec + 1) * 1_000);
      agent.report(sec, [edgeSecond(0, { ok: 30, serverError: 10 }), edgeSecond(1, { ok: 5 })]);
    }
    const { picked, requestsPerSec } = await preview(asked({ target: 's0' }, { by: 'all' }));
    expect(picked[0]?.connections).toBe(1);
    expect(requestsPerSec).toBe(picked[0]?.requestsPerSec);
    expect(requestsPerSec).toBeGreaterThan(20);
    expect(requestsPerSec).toBeLessThan(60);
  });

  it('has for each target the reason why it could not start there', async () => {
    await admin.createFault({ target: { type: 'edge', edge: agent.edge(8) }, fault: LATENCY, durationMs: 60_000 });
    const abort = { kind: 'abort', params: { httpStatus: 503 } };
    const { picked } = await preview(asked({ targetRegion: 'us' }, { by: 'all' }, { fault: abort }));
    const refusals = new Map(picked.map(({ target, refusal }) => [targetText(target), refusal]));
    expect(refusals.get('hub>s8/http')).toMatch(/already acts on hub -> s8/);
    expect(refusals.get('hub>s9/tcp')).toMatch(/abort cannot act on hub -> s9 \(tcp\)/);
  });

  it('says for each target when all of them would be too many', async () => {
    const { picked } = await preview(asked({}, { by: 'count', count: 8 }));
    expect(picked).toHaveLength(8);
    for (const { refusal } of picked) expect(refusal).toMatch(/faults on 8 of the 10 known targets and the server allows 7 of them \(FAULTLINE_MAX_SELECTED_PERCENT\)/);
  });

  it('of hosts knows of no requests', async () => {
    const hosts: Asked = { selection: { selector: { type: 'hosts' }, pick: { by: 'all' } }, fault: { kind: 'cpu-stress', params: { workers: 1 } } };
    expect(await preview(hosts)).toEqual({ matched: 1, rounding: 'all 1', requestsPerSec: 0, picked: [{ target: { type: 'host', agent: 'local' }, requestsPerSec: null, connections: null, refusal: null }] });
  });

  it('of nothing says what is known, and a kind that does not fit the selector is refused', async () => {
    expect(await refusal('preview', asked({ source: 'nobody-*' }, { by: 'all' }))).toMatchObject({ status: 422, code: 'NOTHING_SELECTED', message: expect.stringContaining('hub -> s0 (http)') as string });
    expect(await refusal('preview', asked({}, { by: 'all' }, { fault: { kind: 'cpu-stress', params: { workers: 1 } } }))).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
});

describe('a selection', () => {
  it('starts what its preview named, as one group, with an audit row each', async () => {
    const request = asked({ protocol: 'http' }, { by: 'percent', percent: 30 });
    const named = (await preview(request)).picked.map(({ target }) => targetText(target)).sort();
    const { groupId, faultIds, rounding } = await create(request);
    expect(rounding).toBe('30 % of 9 is 2.7, rounded up to 3');
    const faults = await live();
    expect(faults.map(({ target }) => targetText(target)).sort()).toEqual(named);
    expect(faults.map(({ groupId, state }) => [groupId, state])).toEqual([1, 2, 3].map(() => [groupId, 'active']));
    expect(faults.map(({ id }) => id).sort()).toEqual([...faultIds].sort());
    const rows = await postgres.query<{ subject: string }>(`SELECT subject FROM audit_row WHERE action = 'fault.create' AND outcome = 'done' AND details LIKE '%' || $1 || '%'`, [groupId]);
    expect(rows.map(({ subject }) => subject).sort()).toEqual([...faultIds].sort());
  });

  it('starts nothing when one target is refused beforehand, and names it and why', async () => {
    const { id } = await admin.createFault({ target: { type: 'edge', edge: agent.edge(8) }, fault: LATENCY, durationMs: 60_000 });
    const before = agent.heard('apply').length;
    const error = await refusal('selected', asked({ targetRegion: 'us' }, { by: 'all' }));
    expect(error).toMatchObject({ status: 409, code: 'SELECTION_FAILED', details: { target: edgeLabel(agent.edge(8)), started: 0 } });
    expect(error.message).toContain(`The fault ${id} already acts`);
    expect(agent.heard('apply')).toHaveLength(before);
  });

  it('takes back what started when the agent refuses one, and names it and why', async () => {
    agent.manners = { onApply: 'confirm', onRevert: 'confirm', refuseOn: [9] };
    const error = await refusal('selected', asked({ targetRegion: 'us' }, { by: 'all' }));
    expect(error).toMatchObject({ status: 409, code: 'SELECTION_FAILED', details: { target: edgeLabel(agent.edge(9)), started: 1, reverted: 1 } });
    expect(error.message).toContain('the proxy is gone');
    expect(agent.held.size).toBe(0);
    expect(await live()).toEqual([]);
  });

  it('tells when what started could not be confirmed as gone', async () => {
    agent.manners = { onApply: 'confirm', onRevert: 'ignore', refuseOn: [9] };
    const error = await refusal('selected', asked({ targetRegion: 'us' }, { by: 'all' }));
    expect(error).toMatchObject({ details: { started: 1, reverted: 0 } });
    expect(error.message).toContain('leases end the others');
    expect((await live()).map(({ state }) => state)).toEqual(['reverting']);
  });

  it('is refused as a whole while halted and beyond the limits', async () => {
    expect(await refusal('selected', asked({}, { by: 'all' }))).toMatchObject({ status: 422, code: 'BLAST_RADIUS_EXCEEDED', details: { setting: 'FAULTLINE_MAX_ACTIVE_FAULTS' } });
    await admin.halt('no more');
    expect(await refusal('selected', asked({}, { by: 'count', count: 1 }))).toMatchObject({ status: 409, code: 'HALTED' });
    expect(await live()).toEqual([]);
  });
});
