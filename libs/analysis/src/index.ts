export { compareEdges } from './compare-edges.js';
export type { ComparedEdge, ComparisonInput } from './compare-edges.js';
export type { EdgeSecondRecord, SketchOps, SketchQuantiles } from './edge-seconds.js';
export { phaseWindows } from './phase-windows.js';
export type { FaultTimes, PhaseWindows } from './phase-windows.js';
