import type { ComparisonView, CreateFault, CreateSelected, FaultGroupView, FaultView, FaultsNowView, PreviewRequest, PreviewView } from '#contracts';
import { request } from './request.js';

export function listFaults(state: 'live' | 'ended' | 'all'): Promise<FaultView[]> {
  return request(`/api/faults?state=${state}`);
}

/** Everything that may act on a target at this moment, from all that can know. */
export function readFaultsNow(): Promise<FaultsNowView> {
  return request('/api/faults/now');
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

/** What a selection would hit if it started now. Touches nothing. */
export function previewSelected(selected: PreviewRequest): Promise<PreviewView> {
  return request('/api/faults/preview', { method: 'POST', body: selected });
}

/** Starts one fault for each picked target, or none at all. */
export function injectSelected(selected: CreateSelected): Promise<FaultGroupView> {
  return request('/api/faults/selected', { method: 'POST', body: selected });
}

export function stopFault(id: string): Promise<FaultView> {
  return request(`/api/faults/${encodeURIComponent(id)}/revert`, { method: 'POST', body: {} });
}
