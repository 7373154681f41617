/** The q-quantile, interpolated between neighbours; NaN counts as the least value. Sorts `values` in place. */
export function quantileOf(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  values.sort();
  // A typed array sorts its NaNs behind all others.
  const last = values.length - 1;
  let nans = 0;
  while (nans <= last && Number.isNaN(values[last - nans]!)) nans++;
  const nth = (i: number): number => (i < nans ? NaN : values[i - nans]!);
  const rank = q * last;
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(last, lower + 1);
  const weight = rank - Math.floor(rank);
  return nth(lower) * (1 - weight) + nth(upper) * weight;
}
