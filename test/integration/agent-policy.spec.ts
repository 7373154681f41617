import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capability } from '#contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPolicy } from '../../apps/agent/src/policy/read-policy.js';
import { orderOf, startAgentWorld } from '../support/agent-world.js';
import type { AgentWorld } from '../support/agent-world.js';

let directory: string;
let world: AgentWorld | null = null;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faultline-policy-'));
});
afterEach(async () => {
  await world?.close();
  world = null;
  await rm(directory, { recursive: true, force: true });
});

async function refusalOf(here: AgentWorld, kind: string, params: object): Promise<string> {
  const order = orderOf(kind, params);
  here.server.apply(order);
  return (await here.server.hear('apply-refused', ({ faultId }) => faultId === order.faultId)).reason;
}

describe('the policy file', () => {
  it.each([
    ['{', 'cannot be read'],
    ['{"maxActiveFaults":-1}', 'is not valid'],
    ['{"edgs":{}}', 'is not valid'],
    ['{"network":{"peers":["everybody"]}}', 'is not valid'],
  ])('with %s stops the start with one line that names it', async (text, problem) => {
    const path = join(directory, 'policy.json');
    await writeFile(path, text);
    const result = await readPolicy(path);
    expect(result).toMatchObject({ ok: false, problem: expect.stringContaining(`The policy file ${path} ${problem}`) });
    if (!result.ok) expect(result.problem).not.toContain('\n');
  });

  it('that is not there stops the start', async () => {
    await expect(startAgentWorld({ environment: { FAULTLINE_AGENT_POLICY: join(directory, 'nowhere.json') } })).rejects.toThrow(/The policy file .*nowhere\.json cannot be read/);
  });

  it('holds whatever the server orders', async () => {
    world = await startAgentWorld({ policy: { kinds: ['abort', 'latency'], maxActiveFaults: 1, edges: { maxShare: 0.5 } } });
    expect(await refusalOf(world, 'down', {})).toContain('does not list down (kinds)');
    expect(await refusalOf(world, 'abort', { httpStatus: 503 })).toContain('(edges.maxShare)');
    const order = orderOf('abort', { httpStatus: 503, share: 0.5 });
    world.server.apply(order);
    await world.server.hear('applied');
    expect(await refusalOf(world, 'latency', { latencyMs: 5, share: 0.1 })).toContain('(maxActiveFaults)');
  });
});

describe('what an agent says it can do', () => {
  const reasons = async (here: AgentWorld): Promise<Map<string, string | null>> => {
    const { capabilities } = await here.server.hear('hello');
    return new Map(capabilities.map(({ kind, unavailable }: Capability) => [kind, unavailable]));
  };

  it('is every kind on edges and none elsewhere when there is no policy file, with the reason', async () => {
    world = await startAgentWorld();
    const of = await reasons(world);
    for (const kind of ['latency', 'abort', 'down', 'blackhole', 'limit-data']) expect(of.get(kind)).toBeNull();
    expect(of.get('process-kill')).toContain('FAULTLINE_AGENT_POLICY');
    expect(of.get('network-delay')).toBeTypeOf('string');
    expect(of.size).toBe(29);
  });

  it('follows the policy file', async () => {
    world = await startAgentWorld({ policy: { kinds: ['abort', 'process-stop', 'cpu-stress'], processes: { names: ['nginx'] } } });
    const of = await reasons(world);
    expect([of.get('abort'), of.get('process-stop')]).toEqual([null, null]);
    expect([of.get('latency'), of.get('cpu-stress')]).toEqual([expect.stringContaining('kinds'), expect.stringContaining('stress.maxCpuPercent')]);
  });
});
