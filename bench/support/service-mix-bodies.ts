import { compress } from 'snappyjs';
import type { MixSeries } from './service-mix.js';

/** One request of remote write 2.0 with many samples of each series. `rows` are by series; sample i is of `firstMs` + i * `stepMs` + the series' offset; NaN is none. */
export function mixBody(series: readonly MixSeries[], rows: readonly Float64Array[], { firstMs, stepMs }: { readonly firstMs: number; readonly stepMs: number }): Uint8Array {
  const symbols = new Map([['', 0]]);
  const refer = (text: string): number => {
    if (!symbols.has(text)) symbols.set(text, symbols.size);
    return symbols.get(text)!;
  };
  const written = series.map(({ labels, offsetMs }, i) => {
    const references = sortedPairs(labels).flatMap(([name, value]) => [refer(name), refer(value)]);
    return message(5, [message(1, [Buffer.from(references.flatMap(varint))]), samplesOf(rows[i]!, firstMs + offsetMs, stepMs)]);
  });
  return compress(Buffer.concat([...Array.from(symbols.keys(), (symbol) => message(4, [Buffer.from(symbol)])), ...written]));
}

/** The same samples in OpenMetrics' text, without its end. */
export function mixText(series: readonly MixSeries[], rows: readonly Float64Array[], { firstMs, stepMs }: { readonly firstMs: number; readonly stepMs: number }): string {
  return series
    .map(({ labels: { __name__: name, ...labels }, offsetMs }, i) => {
      const opening = `${name}{${sortedPairs(labels).map(([label, value]) => `${label}="${value}"`).join(',')}} `;
      return Array.from(rows[i]!, (value, step) => (Number.isNaN(value) ? '' : `${opening}${value} ${(firstMs + offsetMs + step * stepMs) / 1_000}\n`)).join('');
    })
    .join('');
}

function sortedPairs(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
}

const TIME_BYTES = 6;
// Tag and length, tag and value, tag and time: times of this century take six bytes.
const SAMPLE_BYTES = 2 + 9 + 1 + TIME_BYTES;

function samplesOf(row: Float64Array, firstMs: number, stepMs: number): Buffer {
  const bytes = Buffer.allocUnsafe(row.length * SAMPLE_BYTES);
  let at = 0;
  row.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    bytes[at] = 0x12;
    bytes[at + 1] = SAMPLE_BYTES - 2;
    bytes[at + 2] = 0x09;
    bytes.writeDoubleLE(value, at + 3);
    bytes[at + 11] = 0x10;
    bytes.set(varint(firstMs + i * stepMs), at + 12);
    at += SAMPLE_BYTES;
  });
  return bytes.subarray(0, at);
}

function message(field: number, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([field * 8 + 2, ...varint(length)]), ...parts]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}
