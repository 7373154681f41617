/**
 * A number as the scripts write it, which is as Go reads it: a leading 0 means octal, Inf and NaN in any case. Throws when it is none.
 * Like everything that reads scripts, it shares nothing with the parser under test.
 */
export function parseGoNumber(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(digits);
  if (special !== null) return special[2] === 'nan' ? Number.NaN : special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const [, sign, magnitude] = /^([+-]?)(.+)$/.exec(digits) ?? [];
  const value = magnitude === undefined ? Number.NaN : /^0[0-7]+$/.test(magnitude) ? Number.parseInt(magnitude, 8) : Number(magnitude);
  if (Number.isNaN(value)) throw new Error(`not a number: ${text}`);
  return sign === '-' ? -value : value;
}
