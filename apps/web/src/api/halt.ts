import type { HaltResult, HaltView } from '#contracts';
import { request } from './request.js';

/** The halt in force; null when there is none. */
export async function readHalt(): Promise<HaltView | null> {
  return (await request<HaltView | null | undefined>('/api/halt')) ?? null;
}

/** Ends every fault and lets none start until an admin resumes. */
export function haltEverything(reason: string): Promise<HaltResult> {
  return request('/api/halt', { method: 'POST', body: { reason } });
}

export function resume(reason: string): Promise<void> {
  return request('/api/halt/resume', { method: 'POST', body: { reason } });
}
