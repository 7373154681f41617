import type { FaultDefinition } from './fault-definition.js';

export const down: FaultDefinition<'down'> = {
  kind: 'down',
  title: 'Down',
  imitates: 'A target whose process is gone: live connections are reset, new ones fail.',
  doesNotImitate:
    'A refusal by the kernel: the proxy still owns the port, so a new connection is accepted and reset at once (ECONNRESET instead of ECONNREFUSED). A host that vanished, which is silent: use timeout.',
  protocols: ['http', 'tcp'],
  summarize: () => 'connections refused and reset',
  compile: () => ({ openConnections: 'reset', onConnect: () => ({ type: 'refuse' }) }),
};
