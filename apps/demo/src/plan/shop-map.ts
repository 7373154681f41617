import type { EdgeKey, Protocol, Region, TopologyNode } from '#contracts';
import { COUNTRIES, clientNodeName } from './countries.js';
import { nearestRegion } from './nearest-region.js';
import type { Role } from './roles.js';

/**
 * The shop as data: where things stand and who calls whom.
 *
 *     clients-XX -> gateway-{eu,us,ap} -> catalog -> pricing
 *                                      -> recommendations
 *                                      -> cart -> session-cache (tcp), inventory -> shop-db (tcp)
 *                                      -> checkout -> cart, pricing, inventory, payments, orders
 *                                      -> orders -> shop-db (tcp)
 */
const EU: Region = { name: 'eu-central', city: 'Frankfurt', latitudeDeg: 50.11, longitudeDeg: 8.68 };
const US: Region = { name: 'us-east', city: 'Ashburn', latitudeDeg: 39.04, longitudeDeg: -77.49 };
const AP: Region = { name: 'ap-northeast', city: 'Tokyo', latitudeDeg: 35.68, longitudeDeg: 139.69 };
const SHOP_REGIONS = [EU, US, AP] as const;

export interface Service {
  readonly name: string;
  readonly role: Role;
  readonly region: string;
}

export const SERVICES: readonly Service[] = [
  { name: 'gateway-eu', role: 'gateway', region: EU.name },
  { name: 'gateway-us', role: 'gateway', region: US.name },
  { name: 'gateway-ap', role: 'gateway', region: AP.name },
  { name: 'catalog', role: 'catalog', region: EU.name },
  { name: 'pricing', role: 'pricing', region: EU.name },
  { name: 'recommendations', role: 'recommendations', region: US.name },
  { name: 'cart', role: 'cart', region: EU.name },
  { name: 'checkout', role: 'checkout', region: US.name },
  { name: 'payments', role: 'payments', region: US.name },
  { name: 'inventory', role: 'inventory', region: AP.name },
  { name: 'orders', role: 'orders', region: AP.name },
];
export const CACHE: Service = { name: 'session-cache', role: 'session-cache', region: EU.name };
export const DATABASE_NAME = 'shop-db';

export const REGIONS: readonly Region[] = [...SHOP_REGIONS, ...COUNTRIES.map((country) => country.region)];

export const NODES: readonly TopologyNode[] = [
  ...SERVICES.map(({ name, region }): TopologyNode => ({ name, kind: 'service', region })),
  { name: CACHE.name, kind: 'cache', region: CACHE.region },
  { name: DATABASE_NAME, kind: 'database', region: AP.name },
  ...COUNTRIES.map((country): TopologyNode => ({ name: clientNodeName(country), kind: 'client', region: country.region.name })),
];

const CALLS_OF: Readonly<Partial<Record<Role, readonly string[]>>> = {
  gateway: ['catalog', 'recommendations', 'cart', 'checkout', 'orders'],
  catalog: ['pricing'],
  cart: ['session-cache', 'inventory'],
  checkout: ['cart', 'pricing', 'inventory', 'payments', 'orders'],
  inventory: [DATABASE_NAME],
  orders: [DATABASE_NAME],
};
const SPEAKS_TCP: ReadonlySet<string> = new Set([CACHE.name, DATABASE_NAME]);

export const EDGES: readonly EdgeKey[] = [
  ...COUNTRIES.map((country) => edge(clientNodeName(country), gatewayNear(country.region))),
  ...SERVICES.flatMap(({ name, role }) => (CALLS_OF[role] ?? []).map((target) => edge(name, target))),
];

function edge(source: string, target: string): EdgeKey {
  const protocol: Protocol = SPEAKS_TCP.has(target) ? 'tcp' : 'http';
  return { source, target, protocol };
}

function gatewayNear(region: Region): string {
  const near = nearestRegion(region, SHOP_REGIONS);
  return SERVICES.find((service) => service.role === 'gateway' && service.region === near.name)?.name ?? 'gateway-eu';
}
