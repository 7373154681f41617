import { randomBytes } from 'node:crypto';

export function randomHex(count: number): string {
  return randomBytes(count).toString('hex');
}
