import { Counter, Gauge } from 'prom-client';

export const haltInForce = new Gauge({ name: 'faultline_halt_in_force', help: '1 while everything is halted', registers: [] });
export const halts = new Counter({ name: 'faultline_halts_total', help: 'Times that somebody halted everything', registers: [] });

/** All of the above; TrafficServerModule adds them to the server's registry. */
export const HALT_METRICS = [haltInForce, halts];
