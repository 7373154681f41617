import { AppError, ERRORS } from '#contracts';
import type { ProxySet } from '../proxy/proxy-set.js';
import { PROXY_NOT_FOUND } from './answer.js';
import type { Problem } from './answer.js';
import type { InTurn } from '../proxy/in-turn.js';
import { listenProblem } from './listen-problem.js';
import type { Writing } from './proxy-json.js';

/** What every handler works on. */
export interface Face {
  readonly proxies: ProxySet;
  readonly writing: Writing;
  /** Changes that look before they act come one after another. What removes, waits for none of them: a slow name server must not keep a fault. */
  readonly turns: InTurn;
  /** Why faults without a lease are refused here; null when they are taken. Removing them never is refused. */
  readonly allowed: () => string | null;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function failed(error: string, status: number): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { error, status } };
}

export function forbidden({ allowed }: Face): Problem | null {
  const reason = allowed();
  return reason === null ? null : { error: reason, status: 403 };
}

/**
 * Runs a change. A port that cannot be had and a refusal on purpose are outcomes. So is what `explain` finds afterwards: another caller may have
 * been quicker since the handler looked. Anything else is a fault of this program and goes on up.
 */
export async function attempt<T>(change: () => Promise<T>, explain: () => Problem | null = () => null): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await change() };
  } catch (error) {
    const listening = listenProblem(error);
    if (listening !== null) return failed(listening, 500);
    const overtaken = explain();
    if (overtaken !== null) return { ok: false, problem: overtaken };
    if (error instanceof AppError) return failed(error.message, ERRORS[error.code].httpStatus);
    throw error;
  }
}

/** For `attempt`: the proxy is gone. */
export function goneProxy({ proxies }: Face, name: string): () => Problem | null {
  return () => (proxies.find(name) === undefined ? PROXY_NOT_FOUND : null);
}
