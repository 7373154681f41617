import { CreateAccess1763800000000 } from './1763800000000-create-access.js';
import { CreateAudit1763800100000 } from './1763800100000-create-audit.js';
import { CreateAgents1763800200000 } from './1763800200000-create-agents.js';
import { CreateTopology1763800300000 } from './1763800300000-create-topology.js';
import { CreateEdgeSeconds1763800400000 } from './1763800400000-create-edge-seconds.js';
import { CreateFaults1763800500000 } from './1763800500000-create-faults.js';
import { CreateHalts1763800600000 } from './1763800600000-create-halts.js';
import { WidenFaults1763800700000 } from './1763800700000-widen-faults.js';
import { CreateMetrics1763800800000 } from './1763800800000-create-metrics.js';
import { ScopeTokens1763800900000 } from './1763800900000-scope-tokens.js';
import { ReadSamplesInSql1763801000000 } from './1763801000000-read-samples-in-sql.js';
import { EdgesAreMetrics1763801100000 } from './1763801100000-edges-are-metrics.js';

/** Every migration in the order of its timestamp, one a line. Forward only: a mistake is mended by a further migration. */
export const MIGRATIONS = [
  CreateAccess1763800000000,
  CreateAudit1763800100000,
  CreateAgents1763800200000,
  CreateTopology1763800300000,
  CreateEdgeSeconds1763800400000,
  CreateFaults1763800500000,
  CreateHalts1763800600000,
  WidenFaults1763800700000,
  CreateMetrics1763800800000,
  ScopeTokens1763800900000,
  ReadSamplesInSql1763801000000,
  EdgesAreMetrics1763801100000,
];
