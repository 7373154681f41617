import type { Match, Occurrence } from '#contracts';
import type { ConnectionFacts, ConnectionRule, EdgeRule, RequestFacts, ResponseFacts } from '../edge-rule.js';
import type { Random, Seeded } from '../random.js';
import { compileMatch, compileSource } from './match.js';
import { countOccurrences } from './occurrence.js';
import { sharePicker } from './share.js';

/** What narrows a fault on messages. */
export interface HitParams {
  readonly share: number;
  readonly match?: Match | undefined;
  readonly occurrence?: Occurrence | undefined;
  readonly announce?: boolean | undefined;
}

/** What narrows a fault on connections. */
export interface ConnectionHitParams {
  readonly share: number;
  readonly sourceAddress?: readonly string[] | undefined;
}

/** Whether one message of a connection is hit. Asked once a message; on a tcp edge, where nothing can be seen of messages, without facts. */
export type Hit = (request?: RequestFacts, response?: ResponseFacts) => boolean;

/**
 * The rule of a fault on messages. `make` gives what it does to one connection; null where it does nothing there. Which messages are hit is decided in this order:
 *
 *     match  ->  count (shared by all connections)  ->  share (a draw from the connection's own lots)
 *
 * So `firstCount: 10, share: 0.5` takes the first ten matches, and hits about five of them.
 */
export function messageRule(params: HitParams, seeded: Seeded, make: (hit: Hit, random: Random) => ConnectionRule | null): EdgeRule {
  const matcherFor = compileMatch(params.match);
  const isChosen = countOccurrences(params.occurrence);
  return {
    announce: params.announce ?? false,
    forConnection: (connection) => {
      const matches = matcherFor(connection);
      if (matches === null) return null;
      const random = seeded.of(connection.index);
      const isDrawn = sharePicker(params.share, random);
      return make((request, response) => matches({ request: request ?? null, response: response ?? null }) && isChosen() && isDrawn(), random);
    },
  };
}

/** The rule of a fault on connections: each is hit or not, for as long as it lives. `make` gives what it does to one that is hit. */
export function connectionRule(params: ConnectionHitParams, seeded: Seeded, make: (connection: ConnectionFacts, random: Random) => ConnectionRule | null): EdgeRule {
  const fromSource = compileSource(params.sourceAddress);
  return {
    announce: false,
    forConnection: (connection) => {
      if (!fromSource(connection)) return null;
      const random = seeded.of(connection.index);
      return sharePicker(params.share, random)() ? make(connection, random) : null;
    },
  };
}

/** The same narrowing such that every message meets the fault. */
export function everyMessage<P extends HitParams>({ match: _match, occurrence: _occurrence, ...rest }: P): Omit<P, 'match' | 'occurrence'> & { share: 1 } {
  return { ...rest, share: 1 };
}

/** The same narrowing such that every connection meets the fault. */
export function everyConnection<P extends ConnectionHitParams>({ sourceAddress: _sourceAddress, ...rest }: P): Omit<P, 'sourceAddress'> & { share: 1 } {
  return { ...rest, share: 1 };
}
