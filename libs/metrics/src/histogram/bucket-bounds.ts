/** Upper bound of bucket `index` of an exponential schema: 2^(index * 2^-schema) (native histograms specification, section "Schema"). */
export function exponentialBound(index: number, schema: number): number {
  const power = index * 2 ** -schema;
  // The bound behind the greatest finite number would be Infinity, but that is the bound of the next bucket, which counts infinities.
  return power === 1024 ? Number.MAX_VALUE : 2 ** power;
}

/** Upper bound of custom bucket `index`; that of bucket -1 is the lower bound of the first one. */
export function customBound(index: number, customBounds: readonly number[]): number {
  return index < 0 ? -Infinity : (customBounds[index] ?? Infinity);
}
