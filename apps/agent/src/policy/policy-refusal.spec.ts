import { agentPolicySchema, faultSpecSchema } from '#contracts';
import type { FaultOrder, FaultTarget } from '#contracts';
import { describe, expect, it } from 'vitest';
import { kindRefusal } from './kind-refusal.js';
import { policyRefusal } from './policy-refusal.js';
import type { HostPolicy } from './read-policy.js';

const FILE = '/etc/faultline/policy.json';
const EDGE: FaultTarget = { type: 'edge', edge: { source: 'shop', target: 'stock', protocol: 'http' } };
const HOST: FaultTarget = { type: 'host', agent: 'local' };
const PROCESS: FaultTarget = { type: 'process', agent: 'local', process: { by: 'name', name: 'nginx' } };

const policy = (rules: object, file: string | null = FILE): HostPolicy => ({ file, rules: agentPolicySchema.parse(rules) });

function order(kind: string, params: object, target: FaultTarget = EDGE, notAfterMs = 60_000): FaultOrder {
  return { faultId: 'b6a1f1f0-0000-4000-8000-000000000001', spec: faultSpecSchema.parse({ kind, params }), target, leaseTtlMs: 10_000, notAfterMs, seed: 1, overlap: 'refuse' };
}
const SLOW = order('latency', { latencyMs: 10, share: 0.5 });
const partition = (params: object): FaultOrder => order('network-partition', params, HOST);
const NETWORK = { allow: true, devices: ['eth1'], peers: ['10.1.0.0/16', 'fd00::/8'], protectedPorts: [22, 8443] };

describe('without a policy file', () => {
  const none = policy({}, null);

  it('faults on proxied edges are allowed', () => {
    expect(policyRefusal(none, SLOW, 0)).toBeNull();
  });

  it.each([order('process-kill', {}, PROCESS), order('cpu-stress', { workers: 1 }, HOST), partition({ ports: [80] })])('nothing else is', (other) => {
    expect(policyRefusal(none, other, 0)).toContain('FAULTLINE_AGENT_POLICY');
  });
});

describe('a policy file', () => {
  it.each<[string, object, FaultOrder, string]>([
    ['kinds', { kinds: ['abort'] }, SLOW, `the policy ${FILE} does not list latency (kinds)`],
    ['maxActiveFaults', { maxActiveFaults: 3 }, SLOW, `the policy ${FILE} allows 3 active faults at most (maxActiveFaults)`],
    ['maxDurationMs', { maxDurationMs: 30_000 }, SLOW, 'allows 30000 ms at most and 60000 ms were asked for (maxDurationMs)'],
    ['edges.allow', { edges: { allow: ['cart -> *'] } }, SLOW, 'does not allow the edge shop -> stock (http) (edges.allow)'],
    ['edges.deny', { edges: { deny: ['*stock*'] } }, SLOW, 'denies the edge shop -> stock (http) by "*stock*" (edges.deny)'],
    ['edges.maxShare', { edges: { maxShare: 0.2 } }, SLOW, 'allows a share of 0.2 at most and 0.5 was asked for (edges.maxShare)'],
    ['edges.maxShare of a kind that hits everything', { edges: { maxShare: 0.2 } }, order('down', {}), '1 was asked for (edges.maxShare)'],
    ['processes', {}, order('process-stop', {}, PROCESS), 'does not open this host to process-stop (processes.names, processes.ports)'],
    ['stress.maxCpuPercent', {}, order('cpu-stress', { workers: 1 }, HOST), '(stress.maxCpuPercent)'],
    ['stress.maxMemoryMebibytes', {}, order('memory-stress', { mebibytes: 1 }, HOST), '(stress.maxMemoryMebibytes)'],
    ['network.allow', {}, partition({ ports: [80] }), '(network.allow)'],
    ['network.devices', { network: NETWORK }, order('network-delay', { device: 'eth0', delayMs: 5, peers: ['10.1.2.3'] }, HOST), 'does not open the device eth0 (network.devices)'],
    ['network.protectedPorts', { network: NETWORK }, partition({ ports: [80, 8443] }), 'protects port 8443 (network.protectedPorts)'],
    ['network.peers that are not named', { network: NETWORK }, partition({ ports: [80] }), '(network.peers)'],
    ['network.peers with an address outside', { network: NETWORK }, partition({ peers: ['10.1.9.9', '10.2.0.1'] }), 'does not open the peer 10.2.0.1 (network.peers)'],
    ['network.peers with a wider network', { network: NETWORK }, partition({ peers: ['10.0.0.0/8'] }), 'does not open the peer 10.0.0.0/8'],
    ['network.peers with another family', { network: NETWORK }, partition({ peers: ['::ffff:10.1.0.1'] }), 'network.peers'],
  ])('refuses by %s, naming file and rule', (_, rules, asked, reason) => {
    const refusal = policyRefusal(policy(rules), asked, 3);
    expect(refusal).toContain(reason);
    expect(refusal).toContain(FILE);
  });

  it.each<[object, FaultOrder]>([
    [{}, SLOW],
    [{ kinds: ['latency'], maxActiveFaults: 4, maxDurationMs: 60_000, edges: { allow: ['*-> stock*'], deny: ['* (tcp)'], maxShare: 0.5 } }, SLOW],
    [{ processes: { names: ['nginx'] } }, order('process-kill', {}, PROCESS)],
    [{ stress: { maxCpuPercent: 10 } }, order('cpu-stress', { workers: 1 }, HOST)],
    [{ network: { allow: true } }, partition({ ports: [80] })],
    [{ network: NETWORK }, partition({ peers: ['10.1.0.0/16', '10.1.128.0/17', '10.1.2.3', 'fd12::/16'] })],
    [{ network: NETWORK }, order('network-delay', { device: 'eth1', delayMs: 5, peers: ['10.1.2.3'], ports: [80] }, HOST)],
  ])('with %j allows what is within it', (rules, asked) => {
    expect(policyRefusal(policy(rules), asked, 3)).toBeNull();
  });

  it('tells of whole kinds before anyone asks for one', () => {
    expect(kindRefusal(policy({ kinds: ['abort'] }), 'latency')).toContain('kinds');
    expect(kindRefusal(policy({}), 'process-kill')).toContain('processes');
    expect(kindRefusal(policy({ processes: { ports: [5432] } }), 'process-kill')).toBeNull();
  });
});
