import { Counter, Gauge } from 'prom-client';

export const liveFaults = new Gauge({ name: 'faultline_faults_live', help: 'Faults that may be acting on their target now' });
export const faultChanges = new Counter({ name: 'faultline_fault_changes_total', help: 'Changes of state of faults, by the state they led to', labelNames: ['state'] });
