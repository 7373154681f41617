import type { Labels } from '#metrics';

/** In the order of their UTF-8 bytes. */
export const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A label without a value is none. */
export function sortedLabels(labels: ReadonlyMap<string, string>): Labels {
  const given = [...labels].filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }));
  return given.sort((a, b) => compareBytes(a.name, b.name));
}

export const labelsKey = (labels: Labels): string => JSON.stringify(labels.map(({ name, value }) => [name, value]));

export const formatLabels = (labels: Labels): string => `{${labels.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;

/** The order of series in a matrix: by name and value of the first label that differs, the shorter first. */
export function compareLabelSets(a: Labels, b: Labels): number {
  for (const [index, { name, value }] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareBytes(name, other.name) || compareBytes(value, other.value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
