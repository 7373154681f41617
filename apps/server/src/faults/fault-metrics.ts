import { Counter, Gauge } from 'prom-client';

export const liveFaults = new Gauge({ name: 'faultline_faults_live', help: 'Faults that may be acting on their target now', registers: [] });
export const faultChanges = new Counter<string>({ name: 'faultline_fault_changes_total', help: 'Changes of state of faults, by the state they led to', labelNames: ['state'], registers: [] });

/** All of the above; TrafficServerModule adds them to the server's registry. */
export const FAULT_METRICS = [liveFaults, faultChanges];
