import type { FaultDefinition } from '../fault-definition.js';

export const processStop: FaultDefinition<'process-stop'> = {
  kind: 'process-stop',
  title: 'Stop process',
  imitates: 'A process that hangs: a long garbage collection, a stuck disk, a paused virtual machine. Its sockets stay open, the kernel accepts connections for it until its queue is full, and nobody answers.',
  doesNotImitate: 'A machine that stands still: the clock, the kernel and the other processes go on. The process can notice by its clock, and its parent is told that it stopped.',
  example: {},
  summarize: () => 'stopped with SIGSTOP, then continued',
};
