import { z } from 'zod';
import { networkSchema } from './match.js';

export const portSchema = z.number().int().min(1).max(65_535);

/** Which packets of the host a fault acts on. At least one peer or port, so that a slip of the pen cannot cut a whole host off. */
export const networkScopeFields = {
  peers: z.array(networkSchema).max(64).default([]).describe('Addresses or networks on the other side; all when empty'),
  ports: z.array(portSchema).max(64).default([]).describe('Ports on either side; all when empty'),
  transport: z.enum(['tcp', 'udp', 'any']).default('any').describe('Transport protocol'),
};
interface NetworkScope {
  readonly peers: readonly string[];
  readonly ports: readonly number[];
  readonly transport: 'tcp' | 'udp' | 'any';
}
export function isScoped({ peers, ports }: NetworkScope): boolean {
  return peers.length + ports.length > 0;
}
export const NEEDS_SCOPE = { message: 'names no peer, and no port is named either: name at least one', path: ['peers'] };

export const directionSchema = z.enum(['in', 'out', 'both']).default('both').describe('Packets that arrive, leave, or both');
/** Traffic control acts on packets as they leave, on one device. */
export const deviceSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,15}$/, 'must be the name of a network device').describe('Network device that the packets leave by, such as eth0');
export const correlationSchema = z.number().min(0).max(100).default(0).describe('How much each draw depends on the one before, in percent');
export const percentSchema = z.number().gt(0).max(100);
