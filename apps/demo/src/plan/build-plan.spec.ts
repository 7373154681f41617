import { agentPolicySchema, agentSystemSchema } from '#contracts';
import { describe, expect, it } from 'vitest';
import { CALL_POLICIES } from '../services/call-policies.js';
import { PLANNED_PORTS, buildPlan } from './build-plan.js';
import { COUNTRIES } from './countries.js';
import { demoPlanSchema } from './demo-plan.js';
import { SERVICES } from './shop-map.js';

const ports = Array.from({ length: PLANNED_PORTS }, (_, i) => 20_000 + i);
const { system, policy, demo } = buildPlan(ports, 'db.example:5433');

describe('buildPlan', () => {
  it('writes files that their readers accept', () => {
    expect(agentSystemSchema.safeParse(system).error).toBeUndefined();
    expect(agentPolicySchema.safeParse(policy).error).toBeUndefined();
    expect(demoPlanSchema.safeParse(demo).error).toBeUndefined();
  });

  it('uses every port exactly once', () => {
    const used = [...demo.processes.flatMap((process) => [process.httpPort, process.tcpPort]), ...system.proxies.map((proxy) => Number(proxy.listen.split(':')[1]))];
    expect(used.filter((port) => port !== null).sort()).toEqual(ports);
  });

  it('has at least nine services in three regions besides the clients', () => {
    expect(SERVICES.length).toBeGreaterThanOrEqual(9);
    expect(new Set(SERVICES.map((service) => service.region)).size).toBe(3);
  });

  it('lets every process dial proxies only', () => {
    const listens = new Set(system.proxies.map((proxy) => proxy.listen));
    for (const { dependencies } of demo.processes) expect(Object.values(dependencies).filter((address) => !listens.has(address))).toEqual([]);
  });

  it('passes each edge on to its target', () => {
    const upstreamOf = (source: string, target: string) => system.proxies.find(({ edge }) => edge.source === source && edge.target === target)?.upstream;
    expect(upstreamOf('orders', 'shop-db')).toBe('db.example:5433');
    expect(upstreamOf('cart', 'session-cache')).toBe(`127.0.0.1:${demo.processes.find((process) => process.name === 'session-cache')?.tcpPort}`);
    expect(upstreamOf('catalog', 'pricing')).toBe(`127.0.0.1:${demo.processes.find((process) => process.name === 'pricing')?.httpPort}`);
  });

  it('lets faults at the ports of its own services, and neither at its load nor at the database', () => {
    const own = demo.processes.filter(({ role }) => role !== 'load').flatMap(({ httpPort, tcpPort }) => [httpPort, tcpPort]);
    expect(policy.processes).toEqual({ names: [], ports: own.filter((port) => port !== null) });
  });

  it('gives each country an edge of its own', () => {
    const load = demo.processes.find((process) => process.role === 'load');
    expect(Object.keys(load?.dependencies ?? {})).toEqual(COUNTRIES.map((country) => `clients-${country.code}`));
    expect(new Set(Object.values(load?.dependencies ?? {})).size).toBe(COUNTRIES.length);
  });

  it('plans exactly the calls that the services have a policy for', () => {
    for (const { role, dependencies } of demo.processes.filter((process) => process.role !== 'load')) {
      expect([role, Object.keys(dependencies).sort()]).toEqual([role, Object.keys(CALL_POLICIES[role]).sort()]);
    }
  });
});
