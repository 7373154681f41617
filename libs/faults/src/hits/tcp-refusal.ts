import type { Match, MessageSide, Protocol } from '#contracts';
import type { HitParams } from './hits.js';

/** Why these cannot narrow a fault on a tcp edge, where no message can be seen into; null when they can. */
export function tcpRefusal({ match, announce, on }: HitParams & { readonly on?: MessageSide }, protocol: Protocol): string | null {
  if (protocol !== 'tcp') return null;
  const unseen = unseenOnTcp(match);
  if (unseen.length > 0) return `a tcp edge shows no ${unseen.join(', ')}: narrow it by match.sourceAddress or by a cohort of addresses`;
  if (on === 'response') return 'a tcp edge has no responses to tell apart: leave "on" at "request"';
  if (announce === true) return 'a tcp edge has no responses that could name the fault: leave announce out';
  return null;
}

function unseenOnTcp({ sourceAddress: _sourceAddress, cohort, ...rest }: Match = {}): readonly string[] {
  const unseen = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return cohort === undefined || cohort.by === 'address' ? unseen : [...unseen, cohort.by];
}
