import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import type { LogLevel } from '../config/config.js';

// What the framework says about building itself helps while debugging and drowns the one line that matters otherwise.
const FRAMEWORK_CONTEXTS = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication', 'WebSocketsController']);

/** Writes Nest's log calls as pino's JSON lines. Nest passes the context (a class name) as the last parameter. */
export class PinoLogger implements LoggerService {
  private readonly pino: Pino;

  constructor(level: LogLevel) {
    this.pino = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(FRAMEWORK_CONTEXTS.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** `log.error({ err, logId }, 'text')` keeps its fields; `log.log('text')` is a message. */
  private write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const texts = rest.filter((part): part is string => typeof part === 'string');
    const context = texts.at(-1);
    const fields = typeof message === 'object' && message !== null ? (message instanceof Error ? { err: message } : message) : {};
    const text = typeof message === 'object' ? (texts.at(-2) ?? '') : String(message);
    // Nest hands the stack of `error(message, stack)` over as a text before the context.
    const stack = typeof message === 'object' ? undefined : texts.at(-2);
    this.pino[level]({ context, ...fields, ...(stack === undefined ? {} : { stack }) }, text);
  }
}
