/** As Go's math.Max: an infinity that decides stands even beside NaN. */
export function greaterOf(a: number, b: number): number {
  return a === Infinity || b === Infinity ? Infinity : Math.max(a, b);
}

/** As Go's math.Min. */
export function lesserOf(a: number, b: number): number {
  return a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b);
}
