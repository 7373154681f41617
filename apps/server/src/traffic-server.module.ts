import { Module } from '@nestjs/common';
import { AgentChannel } from './agents/agent-channel.service.js';
import { AgentLinks } from './agents/agent-links.service.js';
import { AgentSecrets } from './agents/agent-secrets.service.js';
import { AgentsController } from './agents/agents.controller.js';
import { Agents } from './agents/agents.service.js';
import { EnrolTokens } from './agents/enrol-tokens.service.js';
import { FaultDeadlines } from './faults/fault-deadlines.service.js';
import { FaultJournal } from './faults/fault-journal.service.js';
import { FaultLeases } from './faults/fault-leases.service.js';
import { FaultOrders } from './faults/fault-orders.service.js';
import { FaultReader } from './faults/fault-reader.service.js';
import { FaultReconciler } from './faults/fault-reconciler.service.js';
import { FaultTable } from './faults/fault-table.service.js';
import { FaultsController } from './faults/faults.controller.js';
import { Faults } from './faults/faults.service.js';
import { HaltState } from './halt/halt-state.service.js';
import { HaltController } from './halt/halt.controller.js';
import { Halt } from './halt/halt.service.js';
import { LiveGateway } from './live/live.gateway.js';
import { WorldStream } from './live/world-stream.service.js';
import { ComparisonController } from './query/comparison.controller.js';
import { Comparison } from './query/comparison.service.js';
import { EdgeSeries } from './query/edge-series.service.js';
import { TopologyController } from './query/topology.controller.js';
import { FlowIntake } from './state/flow-intake.service.js';
import { FlowRecorder } from './state/flow-recorder.service.js';
import { KnownTopology } from './state/known-topology.service.js';
import { Retention } from './state/retention.service.js';
import { TrafficState } from './state/traffic-state.service.js';

/**
 * Agents, traffic, faults and the live stream. Arrows mean "calls":
 *
 *     query, live -> state, faults, halt -> agents -> storage
 */
@Module({
  controllers: [AgentsController, FaultsController, HaltController, TopologyController, ComparisonController],
  providers: [
    ...[AgentChannel, AgentLinks, AgentSecrets, Agents, EnrolTokens],
    ...[FlowIntake, FlowRecorder, KnownTopology, Retention, TrafficState],
    ...[FaultDeadlines, FaultJournal, FaultLeases, FaultOrders, FaultReader, FaultReconciler, FaultTable, Faults],
    ...[Halt, HaltState],
    ...[LiveGateway, WorldStream],
    ...[Comparison, EdgeSeries],
  ],
  exports: [EnrolTokens],
})
export class TrafficServerModule {}
