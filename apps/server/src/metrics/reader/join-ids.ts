/** Ids that stand in any of the lists, which are ascending, ascending and once. */
export function joinIds(lists: readonly Uint32Array[]): Uint32Array {
  if (lists.length === 1) return lists[0]!;
  return Uint32Array.from(new Set(lists.flatMap((list) => [...list]))).sort();
}
