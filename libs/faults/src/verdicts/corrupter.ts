import type { BodyFault } from '../edge-rule.js';
import { seededRandom } from '../random.js';
import type { Random } from '../random.js';

/**
 * Flips one bit in each hit byte of one body. The first byte is always hit, as nothing is known of the body's length when it passes; after it
 * each is hit with the chance `byteShare`. Lots are drawn for hits, not for bytes: the gap to the next hit is geometrically spread (Devroye, 1986, X.2).
 * The body has lots of its own, so how it was cut into pieces changes nothing.
 */
export function corrupter(byteShare: number, random: Random): Extract<BodyFault, { type: 'corrupt' }>['change'] {
  const lots = seededRandom(Math.floor(random() * 0x1_0000_0000));
  const logOfMiss = Math.log1p(-byteShare);
  let next = 0;
  return (bytes, offset) => {
    for (; next < offset + bytes.length; next += 1 + Math.floor(Math.log1p(-lots()) / logOfMiss)) {
      const at = next - offset;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(lots() * 8));
    }
  };
}
