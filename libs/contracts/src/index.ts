export { AGENT_PATH, AGENT_PROTOCOL, LEASE_RENEW_EVERY_MS, LEASE_TTL_MS, WATCHDOG_STATES, agentMessageSchema, capabilitySchema, enrolSchema, faultOrderSchema, holdingSchema, serverMessageSchema } from './agent-channel.js';
export type { AgentHoldingsView, AgentMessage, AgentView, Capability, EnrolTokenView, EnrolledView, FaultOrder, Holding, ServerMessage } from './agent-channel.js';
export { agentPolicySchema } from './agent-policy.js';
export type { AgentPolicy } from './agent-policy.js';
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
export { EDGE_FAULT_PARAMS, FAULT_KINDS, FAULT_PARAMS, HOST_FAULT_PARAMS, MAX_FAULT_DURATION_MS, PROCESS_FAULT_PARAMS, createFaultSchema, faultSpecSchema, lockOf, targetTypeOf } from './faults/fault-spec.js';
export type { CreateFault, EdgeFaultKind, FaultInput, FaultKind, FaultParams, FaultSpec, HostFaultKind, ProcessFaultKind } from './faults/fault-spec.js';
export { faultTargetSchema, processLabel, processRefSchema, targetLabel, targetText } from './faults/fault-target.js';
export type { FaultTarget, ProcessRef, TargetType } from './faults/fault-target.js';
export { FRAMING_HEADERS } from './faults/headers.js';
export { HTTP_METHODS, STATUS_CLASSES, STREAMS } from './faults/match.js';
export type { Cohort, Match, MessageSide, Occurrence, Stream } from './faults/match.js';
export { proofSchema } from './faults/proof.js';
export type { Proof } from './faults/proof.js';
export { createSelectedSchema, pickSchema, previewSchema, selectionSchema, selectorSchema } from './faults/selection.js';
export type { CreateSelected, FaultGroupView, Pick, PreviewRequest, PreviewTarget, PreviewView, Selection, Selector } from './faults/selection.js';
export { TOXIC_ATTRIBUTES, TOXIC_TYPES, createProxySchema, toxicSchema, unleasedFaultSchema } from './faults/toxic.js';
export type { CreateProxy, ProxyView, Toxic, ToxicType, UnleasedFault, UnleasedFaultView } from './faults/toxic.js';
export { FAILURE_OUTCOMES, LATENCY_SCHEMA, OUTCOMES, QUIET_EDGE_EVERY_SEC, edgeSecondSchema, flowReportSchema, latencySketchSchema, outcomesSchema } from './flow.js';
export type { EdgeCounts, EdgeSecond, FlowReport, LatencySketchData, Outcome, OutcomeCounts } from './flow.js';
export { edgeSeriesQuerySchema, haltSchema, listFaultsQuerySchema, resumeSchema } from './http-api.js';
export type { FaultsNowView, HaltResult, HealthView } from './http-api.js';
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
export { AGENT_NODE_FLAGS, childMessageSchema } from './process-channel.js';
export type { ChildMessage } from './process-channel.js';
export type { ScrapePoolView } from './scraping.js';
export { createPinSchema } from './metric-pins.js';
export type { CreatePin, PinView } from './metric-pins.js';
