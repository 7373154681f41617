import type { Labels } from './labels.js';

// UTF-16 keeps U+10000 and above as surrogates (D800 to DFFF), which stand before E000 to FFFF; in UTF-8 the higher code points come last.
const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;
const SURROGATE_SPAN = AFTER_SURROGATES - FIRST_SURROGATE;
const ABOVE_ALL_OTHERS = 0x1_0000 - AFTER_SURROGATES;

/** The order of the texts' UTF-8 bytes, which is that of their code points: negative, zero or positive. */
export function compareUtf8(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let i = 0; i < shorter; i++) {
    const a = one.charCodeAt(i);
    const b = other.charCodeAt(i);
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return one.length - other.length;
}

function codePointRank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit;
  return unit < AFTER_SURROGATES ? unit + ABOVE_ALL_OTHERS : unit - SURROGATE_SPAN;
}

/** Label by label, name before value; a set that another begins with comes first. */
export function compareLabels(one: Labels, other: Labels): number {
  const shorter = Math.min(one.length, other.length);
  for (let i = 0; i < shorter; i++) {
    const byName = compareUtf8(one[i]!.name, other[i]!.name);
    if (byName !== 0) return byName;
    const byValue = compareUtf8(one[i]!.value, other[i]!.value);
    if (byValue !== 0) return byValue;
  }
  return one.length - other.length;
}
