import type { EdgeFaultDefinition } from '../fault-definition.js';

export const down: EdgeFaultDefinition<'down'> = {
  kind: 'down',
  title: 'Down',
  imitates: 'A target whose process is gone: live connections are reset, and the kernel refuses new ones.',
  doesNotImitate: 'A host that vanished, which is silent: use blackhole or timeout. The target itself runs on, with its memory, its timers and its other callers.',
  example: {},
  protocols: ['http', 'tcp'],
  summarize: () => 'connections refused and reset',
  // A connection that was accepted as the port closed is refused all the same.
  compile: () => ({ announce: false, openConnections: 'reset', listener: 'closed', forConnection: () => ({ onConnect: () => ({ type: 'refuse' }) }) }),
  certain: (params) => params,
};
