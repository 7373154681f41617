import { compareUtf8 } from '#metrics';

/** Runs of digits by what they are worth, all else by the order of UTF-8 bytes: `disk2` stands ahead of `disk10`. */
export function compareNatural(one: string, other: string): number {
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const ends = [endOfRun(one, i), endOfRun(other, j)] as const;
    const parts = [one.slice(i, ends[0]), other.slice(j, ends[1])] as const;
    const order = isDigit(parts[0], 0) && isDigit(parts[1], 0) ? compareNumbers(...parts) : compareUtf8(...parts);
    if (order !== 0) return order;
    [i, j] = ends;
  }
  return one.length - i - (other.length - j);
}

/** Digits of any number: they are not read, but compared by length. */
function compareNumbers(one: string, other: string): number {
  const a = one.replace(/^0+/, '');
  const b = other.replace(/^0+/, '');
  return a.length - b.length || compareUtf8(a, b);
}

function endOfRun(text: string, from: number): number {
  const digits = isDigit(text, from);
  let end = from + 1;
  while (end < text.length && isDigit(text, end) === digits) end++;
  return end;
}

function isDigit(text: string, i: number): boolean {
  const unit = text.charCodeAt(i);
  return unit >= 0x30 && unit <= 0x39;
}
