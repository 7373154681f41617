import type { AgentView, CreateProxy, EnrolTokenView, ProxyView } from '#contracts';
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

/** The proxies of a connected agent as they stand, with their toxics. */
export function listProxies(agent: string): Promise<ProxyView[]> {
  return request(`/api/agents/${encodeURIComponent(agent)}/proxies`);
}

/** Makes a proxy together with its toxics: all of it comes to be, or nothing does. */
export function createProxy(agent: string, proxy: CreateProxy): Promise<ProxyView> {
  return request(`/api/agents/${encodeURIComponent(agent)}/proxies`, { method: 'POST', body: proxy });
}

export function removeProxy(agent: string, proxy: string): Promise<void> {
  return request(`/api/agents/${encodeURIComponent(agent)}/proxies/${encodeURIComponent(proxy)}`, { method: 'DELETE' });
}
