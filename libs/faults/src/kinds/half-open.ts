import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { connectionsText } from '../summary/hits-text.js';

export const halfOpen: EdgeFaultDefinition<'half-open'> = {
  kind: 'half-open',
  title: 'Half-open',
  imitates: 'A target that forgot the connection without a word: it rebooted, failed over, or a NAT or firewall between dropped its entry. The caller believes that it is connected.',
  doesNotImitate: "A target whose kernel answers with RST to the bytes of a connection that it does not know: here it stays silent until the fault ends, then the caller is reset. The caller's TCP gets its acknowledgements from the proxy, so keep-alive probes find nothing wrong.",
  example: { afterMs: 10_000 },
  protocols: ['http', 'tcp'],
  summarize: (params) => `forgotten by the target ${params.afterMs > 0 ? `after ${params.afterMs} ms` : 'at once'}, ${connectionsText(params)}`,
  compile: (params, seeded) => connectionRule(params, seeded, () => ({ forgetAfterMs: params.afterMs })),
  certain: everyConnection,
};
