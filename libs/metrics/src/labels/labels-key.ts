import type { Labels } from './labels.js';

/** A text that two label sets share only when they are equal: each part stands behind its length, so no character needs escaping. */
export function labelsKey(labels: Labels): string {
  let key = '';
  for (const { name, value } of labels) key += `${name.length}:${name}${value.length}:${value}`;
  return key;
}
