/**
 * Colours of series: apart from each other on the dark ground, without the fault's violet, which means one thing everywhere. When they have all been used, dashes begin.
 */
const COLOURS = ['#5FD6F6', '#F2C14E', '#7BD88F', '#F58FB8', '#7DA2FF', '#FF9F5A', '#B8DC5A', '#3CC7B0', '#F0807A', '#D8B98A', '#A9B8C8'] as const;
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [6, 4], [2, 3], [10, 3, 2, 3]];

/** The look of the n-th line; it repeats after 44. */
export function lineLook(index: number): { readonly colour: string; readonly dash?: readonly number[] } {
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length];
  return { colour: COLOURS[index % COLOURS.length] ?? COLOURS[0], ...(dash !== undefined && { dash }) };
}
