import { formatNumber } from '../format/number.js';

/** `12 B`, `1.23 kB`, `4.5 MB`. */
export function formatBytes(bytes: number): string {
  const text = formatNumber(bytes);
  return text.includes(' ') ? `${text}B` : `${text} B`;
}
