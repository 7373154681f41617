import { Counter, Gauge } from 'prom-client';

export const flowReports = new Counter<string>({ name: 'faultline_flow_reports_total', help: 'Flow reports of agents, by what became of them', labelNames: ['result'], registers: [] });
export const recordedFlowSamples = new Counter({ name: 'faultline_flow_samples_recorded_total', help: 'Samples of traffic that were committed', registers: [] });
export const unrecordedReports = new Gauge({ name: 'faultline_flow_reports_unrecorded', help: 'Flow reports that wait to be committed', registers: [] });
export const droppedReports = new Counter({ name: 'faultline_flow_reports_dropped_total', help: 'Flow reports that were never recorded because the database was away for too long', registers: [] });
export const recordingLag = new Gauge({ name: 'faultline_recording_lag_seconds', help: 'Age of the newest second that was committed, when it was', registers: [] });

/** All of the above; TrafficServerModule adds them to the server's registry. */
export const FLOW_METRICS = [flowReports, recordedFlowSamples, unrecordedReports, droppedReports, recordingLag];
