import { formatCount, formatNumber } from '../format/number.js';
import { localText } from './time-range.js';

const SPECIAL: Readonly<Record<string, number>> = { '+Inf': Number.POSITIVE_INFINITY, '-Inf': Number.NEGATIVE_INFINITY };
const WHOLE = /^-?\d{5,}$/;
const LAST_MOMENT_SEC = 8.64e12;

/** The number that Prometheus writes as this text. */
export function sampleNumber(text: string): number {
  return SPECIAL[text] ?? Number(text);
}

/** As it was sent, every digit of it; those of a long whole number are grouped. */
export function sampleText(text: string): string {
  if (!WHOLE.test(text)) return text.replace(/^-/, '−');
  const size = Number(text.replace(/^-/, ''));
  if (!Number.isSafeInteger(size)) return text.replace(/^-/, '−');
  return text.startsWith('-') ? `−${formatCount(size)}` : formatCount(size);
}

/** What a value means by the name of its metric, where that helps: bytes with their scale, a Unix time as a date; empty otherwise. */
export function sampleMeaning(metric: string, text: string): string {
  const value = sampleNumber(text);
  if (!Number.isFinite(value)) return '';
  if (/_bytes(_total)?$/.test(metric)) return Math.abs(value) < 1_000 ? '' : `${formatNumber(value)}B`;
  if (/_time(stamp)?_seconds$/.test(metric)) return value > 1e8 && value < LAST_MOMENT_SEC ? localText(value) : '';
  return '';
}
