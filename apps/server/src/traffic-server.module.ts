import { Inject, Module } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { AgentChannel } from './agents/agent-channel.service.js';
import { AgentLinks } from './agents/agent-links.service.js';
import { AGENT_METRICS } from './agents/agent-metrics.js';
import { AgentRequests } from './agents/agent-requests.service.js';
import { AgentSecrets } from './agents/agent-secrets.service.js';
import { AgentsController } from './agents/agents.controller.js';
import { Agents } from './agents/agents.service.js';
import { EnrolTokens } from './agents/enrol-tokens.service.js';
import { AgentHoldings } from './faults/agent-holdings.service.js';
import { AgentProxiesController } from './faults/agent-proxies.controller.js';
import { AgentProxies } from './faults/agent-proxies.service.js';
import { FaultCheck } from './faults/fault-check.service.js';
import { FaultDeadlines } from './faults/fault-deadlines.service.js';
import { FaultGroups } from './faults/fault-groups.service.js';
import { FaultJournal } from './faults/fault-journal.service.js';
import { FaultLeases } from './faults/fault-leases.service.js';
import { FAULT_METRICS } from './faults/fault-metrics.js';
import { FaultOrders } from './faults/fault-orders.service.js';
import { FaultReader } from './faults/fault-reader.service.js';
import { FaultReconciler } from './faults/fault-reconciler.service.js';
import { FaultSelection } from './faults/fault-selection.service.js';
import { FaultStart } from './faults/fault-start.service.js';
import { FaultTable } from './faults/fault-table.service.js';
import { FaultsController } from './faults/faults.controller.js';
import { FaultsNow } from './faults/faults-now.service.js';
import { Faults } from './faults/faults.service.js';
import { UnleasedFaults } from './faults/unleased-faults.service.js';
import { HALT_METRICS } from './halt/halt-metrics.js';
import { HaltJournal } from './halt/halt-journal.service.js';
import { HaltState } from './halt/halt-state.service.js';
import { HaltController } from './halt/halt.controller.js';
import { Halt } from './halt/halt.service.js';
import { LIVE_METRICS } from './live/live-metrics.js';
import { LiveGateway } from './live/live.gateway.js';
import { WorldStream } from './live/world-stream.service.js';
import { ComparisonController } from './query/comparison.controller.js';
import { EdgeHistory } from './query/edge-history.service.js';
import { TopologyController } from './query/topology.controller.js';
import { EdgeLoads } from './state/edge-loads.service.js';
import { FlowIntake } from './state/flow-intake.service.js';
import { FLOW_METRICS } from './state/flow-metrics.js';
import { FlowRecorder } from './state/flow-recorder.service.js';
import { KnownTopology } from './state/known-topology.service.js';
import { TrafficState } from './state/traffic-state.service.js';
import { METRICS_REGISTRY } from './telemetry/metrics.js';

/**
 * Agents, traffic, faults and the live stream. Arrows mean "calls":
 *
 *     query, live -> state, faults, halt -> agents -> storage
 */
@Module({
  controllers: [AgentsController, AgentProxiesController, FaultsController, HaltController, TopologyController, ComparisonController],
  providers: [
    ...[AgentChannel, AgentLinks, AgentRequests, AgentSecrets, Agents, EnrolTokens],
    ...[EdgeLoads, FlowIntake, FlowRecorder, KnownTopology, TrafficState],
    ...[FaultDeadlines, FaultJournal, FaultLeases, FaultOrders, FaultReader, FaultReconciler, FaultTable, Faults],
    ...[FaultCheck, FaultGroups, FaultSelection, FaultStart],
    ...[AgentHoldings, AgentProxies, FaultsNow, UnleasedFaults],
    ...[Halt, HaltJournal, HaltState],
    ...[LiveGateway, WorldStream],
    EdgeHistory,
  ],
  exports: [EnrolTokens],
})
export class TrafficServerModule {
  constructor(@Inject(METRICS_REGISTRY) registry: Registry) {
    for (const metric of [...AGENT_METRICS, ...FLOW_METRICS, ...FAULT_METRICS, ...HALT_METRICS, ...LIVE_METRICS]) registry.registerMetric(metric);
  }
}
