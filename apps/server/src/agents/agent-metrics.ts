import { Counter, Gauge } from 'prom-client';

export const refusedMessages = new Counter({ name: 'faultline_agent_messages_refused_total', help: 'Messages of agents that were malformed or too many, and connections that failed', registers: [] });
export const connectedAgents = new Gauge({ name: 'faultline_agents_connected', help: 'Agents that are connected now', registers: [] });

/** All of the above; TrafficServerModule adds them to the server's registry. */
export const AGENT_METRICS = [refusedMessages, connectedAgents];
