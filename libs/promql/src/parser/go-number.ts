/** Numbers as Go prints them. */
const special = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf');

/** Digits without an exponent: Go's FormatFloat 'f' with as few digits as tell the number from others. */
export function formatDecimal(value: number): string {
  if (!Number.isFinite(value)) return special(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const { digits, exponent } = shortestDigits(value);
  const point = exponent + 1;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`.replace(/\.0*$/, '');
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Go's %v: with an exponent from 1e6 on and below 1e-4. */
export function formatGeneral(value: number): string {
  if (!Number.isFinite(value)) return special(value);
  const { digits, exponent } = shortestDigits(value);
  if (value === 0 || (exponent >= -4 && exponent < 6)) return formatDecimal(value);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${value < 0 ? '-' : ''}${digits[0]!}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function shortestDigits(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e');
  return { digits: mantissa!.replace('.', ''), exponent: Number(exponent) };
}
