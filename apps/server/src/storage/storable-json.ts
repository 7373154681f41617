import { storableText } from './audit-chain.js';

// Few texts have such a letter, and finding out is much cheaper than making a copy without it. Whole pairs of surrogates are found too, and come out unchanged.
const SUSPECT = /[\0\ud800-\udfff]/;

/**
 * JSON that Postgres takes as jsonb: it refuses NUL and lone surrogates inside strings, and one such letter in what an agent says must not cost the
 * record of all that it says.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' && SUSPECT.test(part) ? storableText(part, part.length) : part));
}
