/** Series ids, ascending, each once. */
export type SortedIds = Uint32Array;

export const NO_IDS: SortedIds = new Uint32Array(0);
// Where one side is this many times longer, looking its ids up beats walking along it.
const LOPSIDED = 32;

/** Index of the first id that is not below `id`, from `from` on. */
export function lowerBound(ids: SortedIds, id: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function intersection(one: SortedIds, other: SortedIds): SortedIds {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  const result = new Uint32Array(shorter.length);
  let count = 0;
  let at = 0;
  const step = stepThrough(shorter, longer);
  for (const id of shorter) {
    at = step(longer, id, at);
    if (longer[at] === id) result[count++] = id;
  }
  return result.subarray(0, count);
}

export function difference(from: SortedIds, taken: SortedIds): SortedIds {
  if (from.length === 0 || taken.length === 0) return from;
  const result = new Uint32Array(from.length);
  let count = 0;
  let at = 0;
  const step = stepThrough(from, taken);
  for (const id of from) {
    at = step(taken, id, at);
    if (taken[at] !== id) result[count++] = id;
  }
  return result.subarray(0, count);
}

export function intersects(one: SortedIds, other: SortedIds): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  const step = stepThrough(shorter, longer);
  for (const id of shorter) {
    at = step(longer, id, at);
    if (longer[at] === id) return true;
  }
  return false;
}

/** Of lists that may be many: all in one, then sorted, which typed arrays do fast. */
export function union(lists: readonly SortedIds[]): SortedIds {
  if (lists.length <= 1) return lists[0] ?? NO_IDS;
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const ids of lists) {
    all.set(ids, at);
    at += ids.length;
  }
  all.sort();
  let count = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i]!;
  return all.subarray(0, count);
}

function stepThrough(walked: SortedIds, searched: SortedIds): (ids: SortedIds, id: number, at: number) => number {
  return searched.length > LOPSIDED * walked.length ? bySearch : byWalking;
}

function bySearch(ids: SortedIds, id: number, at: number): number {
  return lowerBound(ids, id, at, ids.length);
}

function byWalking(ids: SortedIds, id: number, at: number): number {
  let next = at;
  while (next < ids.length && ids[next]! < id) next += 1;
  return next;
}
