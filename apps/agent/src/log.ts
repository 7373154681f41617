import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export function createLog(level: (typeof LOG_LEVELS)[number]): Log {
  return pino({ name: 'agent', level });
}
