import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '#contracts';
import type { AgentView, Capability } from '#contracts';
import { kindOptions, searchKinds } from './kind-options.js';

const agent = (name: string, capabilities: readonly Capability[]): AgentView => ({ name, connected: true, version: '1', lastSeenAt: null, edges: 1, droppedReports: 0, capabilities });
const optionOf = (scope: Parameters<typeof kindOptions>[0], kind: string) => {
  const option = kindOptions(scope).find((candidate) => candidate.kind === kind);
  if (option === undefined) throw new Error(`${kind} is not offered`);
  return option;
};
const EDGE = { targets: ['edge'], protocol: 'http', agents: [] } as const;

describe('kindOptions', () => {
  it('offers what acts on the thing that was clicked, and each kind somewhere', () => {
    const [edge, host, process] = (['edge', 'host', 'process'] as const).map((target) => kindOptions({ ...EDGE, targets: [target] }).map(({ kind }) => kind));
    expect(host).toContain('cpu-stress');
    expect(process).toEqual(['process-kill', 'process-stop']);
    expect([...(edge ?? []), ...(process ?? []), ...(host ?? [])].sort()).toEqual([...FAULT_KINDS].sort());
  });

  it('groups by what is hit', () => {
    expect([optionOf(EDGE, 'latency').group, optionOf(EDGE, 'half-open').group]).toEqual(['Requests', 'Connections']);
    const host = { ...EDGE, targets: ['process', 'host'] } as const;
    expect(['process-stop', 'cpu-stress', 'network-loss'].map((kind) => optionOf(host, kind).group)).toEqual(['A process', 'The host itself', 'Packets of the host']);
  });

  it('keeps a kind that cannot act here and says why', () => {
    expect(optionOf({ ...EDGE, protocol: 'tcp' }, 'abort').whyNot).toBe('Abort acts on http edges; this one is tcp.');
    expect(optionOf({ ...EDGE, protocol: null }, 'abort').whyNot).toBeNull();
  });

  it('gives the reason of the agent, unless another one can', () => {
    const refusing = agent('a', [{ kind: 'latency', unavailable: 'the policy allows no faults here' }]);
    expect(optionOf({ ...EDGE, agents: [refusing] }, 'latency').whyNot).toBe('a: the policy allows no faults here');
    expect(optionOf({ ...EDGE, agents: [refusing, { ...refusing, name: 'b' }] }, 'latency').whyNot).toBe('a, b: the policy allows no faults here');
    expect(optionOf({ ...EDGE, agents: [refusing] }, 'loss').whyNot).toBe('a: this agent is too old to know it');
    expect(optionOf({ ...EDGE, agents: [refusing, agent('b', [{ kind: 'latency', unavailable: null }])] }, 'latency').whyNot).toBeNull();
    expect(optionOf({ ...EDGE, agents: [agent('new', [])] }, 'latency').whyNot).toBeNull();
  });
});

describe('searchKinds', () => {
  const options = kindOptions(EDGE);
  it('finds by title, kind and what is imitated', () => {
    expect(searchKinds(options, 'half').map(({ kind }) => kind)).toEqual(['half-open']);
    expect(searchKinds(options, 'LATENCY').map(({ kind }) => kind)).toContain('latency');
    expect(searchKinds(options, 'no such thing at all')).toEqual([]);
    expect(searchKinds(options, ' ')).toEqual(options);
  });
});
