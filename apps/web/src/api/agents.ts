import type { AgentView, EnrolTokenView } from '#contracts';
import { request } from './request.js';

export function listAgents(): Promise<AgentView[]> {
  return request('/api/agents');
}

/** A single-use token with which one agent enrols; readable in this answer only. */
export function createEnrolToken(): Promise<EnrolTokenView> {
  return request('/api/agents/tokens', { method: 'POST', body: {} });
}

export function removeAgent(name: string): Promise<void> {
  return request(`/api/agents/${encodeURIComponent(name)}`, { method: 'DELETE' });
}
