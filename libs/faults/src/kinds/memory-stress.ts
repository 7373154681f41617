import type { FaultDefinition } from '../fault-definition.js';

export const memoryStress: FaultDefinition<'memory-stress'> = {
  kind: 'memory-stress',
  title: 'Memory stress',
  imitates: 'A leak or a large job on the same host that takes memory away, so that page cache shrinks and allocations come under pressure.',
  doesNotImitate: "A leak within the target, or its container's own limit. Should the kernel run out, it ends the stress before anything else, so a kill of the target by the out-of-memory killer is not what this shows.",
  example: { mebibytes: 512 },
  summarize: ({ mebibytes }) => `${mebibytes} MiB held`,
};
