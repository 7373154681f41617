import type { ComparisonView, CreateFault, FaultView } from '#contracts';
import { request } from './request.js';

export function listFaults(state: 'live' | 'ended' | 'all'): Promise<FaultView[]> {
  return request(`/api/faults?state=${state}`);
}

export function readFault(id: string): Promise<FaultView> {
  return request(`/api/faults/${encodeURIComponent(id)}`);
}

export function readComparison(id: string): Promise<ComparisonView> {
  return request(`/api/faults/${encodeURIComponent(id)}/comparison`);
}

export function injectFault(fault: CreateFault): Promise<FaultView> {
  return request('/api/faults', { method: 'POST', body: fault });
}

export function stopFault(id: string): Promise<FaultView> {
  return request(`/api/faults/${encodeURIComponent(id)}/revert`, { method: 'POST', body: {} });
}
