import { FAULT_KINDS, FAULT_PARAMS, targetTypeOf } from '../../dist/libs/contracts/src/index.js';
import { FAULTS } from '../../dist/libs/faults/src/index.js';
import { actsOn } from './fault-page.mjs';
import { NOTE, page, table } from './markdown.mjs';
import { paramsTable } from './params-table.mjs';

// The same for every kind that has them.
const { match, occurrence } = FAULT_PARAMS.latency.shape;
const matchSchema = match.unwrap();
const cohortSchema = matchSchema.shape.cohort.unwrap();

const GROUPS = { edge: 'On an edge', process: 'On a process', host: 'On a host' };

const ORDER = `A fault on messages decides for each message in this order:

1. **match**: everything that is given must hold; a message that lacks what is asked for does not match;
2. **occurrence**: matches are counted over all connections of the edge, from the begin of the fault on, and some are chosen;
3. **share**: each that was chosen is hit by a draw of its own.

So \`firstCount: 10\` with a share of 0.5 takes the first ten matches and hits about five of them. Draws come from the fault's seed, a sequence for each
connection: the same traffic gets the same faults. A fault on connections draws once for each connection. On a tcp edge nothing can be seen of messages:
there a fault is narrowed by \`sourceAddress\` or by a cohort of addresses, and is refused with anything else.`;

const COHORT = `The key is a header's value, a cookie's, the trace id of the header \`traceparent\` (W3C Trace Context), or the caller's address. What has no such key is not hit.
Salt, a zero byte and key are hashed (FNV-1a, 32 bits, with the finalizer of MurmurHash3) onto 0 to 100 in steps of 0.01; hit is what falls on \`fromPercent\`
or above it and below \`toPercent\`. Two faults with the same salt and neighbouring ranges therefore never hit the same caller.`;

export function faultsIndex() {
  const groups = Object.entries(GROUPS).flatMap(([type, title]) => {
    const rows = FAULT_KINDS.filter((kind) => targetTypeOf(kind) === type).map((kind) => [`[${FAULTS[kind].title}](${kind}.md)`, `\`${kind}\``, actsOn(kind), FAULTS[kind].imitates]);
    return [`## ${title}`, table(['Fault', 'Kind', 'Acts on', 'Imitates'], rows)];
  });
  const narrowing = ['## Which traffic is hit', ORDER, '### match', paramsTable(matchSchema), '### occurrence', paramsTable(occurrence.unwrap()), '### cohort', COHORT, paramsTable(cohortSchema)];
  return page('# Faults', NOTE, "Each page says what a fault stands for and where it differs from the real thing. Toxiproxy's toxics are on [a page of their own](toxics.md).", ...groups, ...narrowing);
}
