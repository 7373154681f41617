export { PASS } from './edge-rule.js';
export type {
  BodyFault,
  ConnectVerdict,
  ConnectionFacts,
  ConnectionRule,
  EdgeRule,
  ExchangeVerdict,
  HeaderEdit,
  HeaderMap,
  RequestFacts,
  RequestVerdict,
  ResponseFacts,
  ResponseVerdict,
} from './edge-rule.js';
export { PROBE_BYTES } from './fault-definition.js';
export type { EdgeFaultDefinition, FaultDefinition } from './fault-definition.js';
export { FAULTS, certainFault, compileFault, edgeFaultRefusal, isEdgeFault, summarizeFault } from './faults.js';
export type { EdgeFaultSpec } from './faults.js';
export { compileGlob, globMatches } from './hits/glob.js';
export type { GlobMatcher } from './hits/glob.js';
export { networkContains } from './hits/network.js';
export { seeded, seededRandom } from './random.js';
export type { Random, Seeded } from './random.js';
export type { Emission, StreamStage } from './stream-stage.js';
export { compileToxic } from './toxics/compile-toxic.js';
