export { AGENT_PATH, AGENT_PROTOCOL, LEASE_RENEW_EVERY_MS, LEASE_TTL_MS, agentMessageSchema, enrolSchema, faultOrderSchema, serverMessageSchema } from './agent-channel.js';
export type { AgentMessage, AgentView, EnrolTokenView, EnrolledView, FaultOrder, ServerMessage } from './agent-channel.js';
export { agentSystemSchema, proxySchema } from './agent-system.js';
export type { AgentSystem, Proxy } from './agent-system.js';
export { PERMISSIONS, PERMISSIONS_OF, ROLES, allows, createSignInLinkSchema, createTokenSchema, roleSchema, signInSchema } from './access.js';
export type { AuditRowView, CreatedTokenView, Permission, Role, SessionView, SignInLinkView, TokenView, UserView } from './access.js';
export { COMPARED_METRICS, PHASES, VERDICTS } from './comparison.js';
export type { ComparedMetric, ComparisonView, EdgeComparison, EdgePoint, EdgeSeriesView, MetricComparison, Phase, PhaseWindow, Shift, Verdict } from './comparison.js';
export { AppError, ERRORS, errorMessage } from './errors.js';
export type { ErrorBody, ErrorCode, ErrorDetails, ErrorSpec } from './errors.js';
export { END_REASONS, FAULT_STATES, LIVE_FAULT_STATES, endReasonSchema, faultStateSchema } from './faults/fault-record.js';
export type { EndReason, FaultState, FaultView } from './faults/fault-record.js';
export { FAULT_KINDS, FAULT_PARAMS, MAX_FAULT_DURATION_MS, createFaultSchema, faultSpecSchema, faultTargetSchema } from './faults/fault-spec.js';
export type { CreateFault, FaultKind, FaultParams, FaultSpec, FaultTarget } from './faults/fault-spec.js';
export { FAILURE_OUTCOMES, OUTCOMES, edgeSecondSchema, flowReportSchema, latencySketchSchema, outcomesSchema } from './flow.js';
export type { EdgeSecond, FlowReport, LatencySketchData, Outcome, OutcomeCounts } from './flow.js';
export { edgeSeriesQuerySchema, haltSchema, listFaultsQuerySchema, resumeSchema } from './http-api.js';
export type { HaltResult, HealthView } from './http-api.js';
export { LIVE_PATH } from './live-frame.js';
export type {
  DeltaFrame,
  DictionaryFrame,
  EventFrame,
  HaltView,
  KeyframeFrame,
  LiveClientEvents,
  LiveEdge,
  LiveEdgeState,
  LiveEvent,
  LiveFrame,
  LiveNode,
  LiveRegion,
  LiveServerEvents,
  LiveView,
  ResetFrame,
  TopologyFrame,
} from './live-frame.js';
export { NODE_KINDS, PROTOCOLS, edgeKeySchema, edgeKeyText, edgeLabel, nameSchema, nodeSchema, protocolSchema, regionSchema, topologySchema } from './topology.js';
export type { EdgeKey, Protocol, Region, Topology, TopologyNode } from './topology.js';
export { childMessageSchema } from './process-channel.js';
export type { ChildMessage } from './process-channel.js';
