export { FAULTS, compileFault, summarizeFault } from './faults.js';
export type { ConnectVerdict, EdgeRule, ExchangeVerdict, FaultDefinition, RequestVerdict } from './fault-definition.js';
export { seededRandom } from './random.js';
export type { Random } from './random.js';
