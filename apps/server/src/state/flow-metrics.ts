import { Counter, Gauge } from 'prom-client';

export const flowReports = new Counter({ name: 'faultline_flow_reports_total', help: 'Flow reports of agents, by what became of them', labelNames: ['result'] });
export const recordedEdgeSeconds = new Counter({ name: 'faultline_edge_seconds_recorded_total', help: 'Rows of traffic that were committed' });
export const unrecordedReports = new Gauge({ name: 'faultline_flow_reports_unrecorded', help: 'Flow reports that wait to be committed' });
export const droppedReports = new Counter({ name: 'faultline_flow_reports_dropped_total', help: 'Flow reports that were never recorded because the database was away for too long' });
export const recordingLag = new Gauge({ name: 'faultline_recording_lag_seconds', help: 'Age of the newest second that was committed, when it was' });
