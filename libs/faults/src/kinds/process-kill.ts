import type { FaultDefinition } from '../fault-definition.js';

export const processKill: FaultDefinition<'process-kill'> = {
  kind: 'process-kill',
  title: 'Kill process',
  imitates: 'A crash: the process ends in the middle of what it does (SIGKILL), or is told to shut down (SIGTERM), as by a deployment or the out-of-memory killer.',
  doesNotImitate: 'A crash of its own making: no core dump, no error of its own in its log. Nothing starts it again but whoever supervises it, and there is nothing to revert.',
  example: { signal: 'SIGKILL' },
  summarize: ({ signal }) => `ended with ${signal}`,
};
