import type { FaultDefinition } from '../fault-definition.js';

export const cpuStress: FaultDefinition<'cpu-stress'> = {
  kind: 'cpu-stress',
  title: 'CPU stress',
  imitates: 'A noisy neighbour or a runaway job on the same host that competes for its processors.',
  doesNotImitate: 'A target that burns time itself, or a throttled container: the scheduler still gives every process its fair share, so on a host with idle cores little is felt. Caches and memory bandwidth are hardly touched.',
  example: { workers: 2, loadPercent: 80 },
  summarize: ({ workers, loadPercent }) => `${workers} ${workers === 1 ? 'worker' : 'workers'} at ${loadPercent} % of a core each`,
};
