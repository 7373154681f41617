import { targetLabel, type FaultTarget, type Selector } from '#contracts';

const MOST_NAMED = 20;
const NOUN = { edges: 'edges', hosts: 'hosts' } as const satisfies Record<Selector['type'], string>;

/** For somebody whose selector matched nothing: what there is. */
export function knownText(type: Selector['type'], known: readonly FaultTarget[]): string {
  if (known.length === 0) return `no ${NOUN[type]}`;
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  return `${known.slice(0, MOST_NAMED).map(targetLabel).join(', ')}${more}`;
}
