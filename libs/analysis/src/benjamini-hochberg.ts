/**
 * p values adjusted for having asked so many questions at once (Benjamini and Hochberg 1995): calling those below 0.05 changes keeps the expected share of
 * false ones among them at 5 %. Same order as given.
 */
export function adjustForFamily(pValues: readonly number[]): number[] {
  const descending = pValues.map((p, at) => ({ p, at })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  descending.forEach(({ p, at }, i) => {
    least = Math.min(least, (p * pValues.length) / (pValues.length - i));
    adjusted[at] = least;
  });
  return adjusted;
}
