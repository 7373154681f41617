/** What is typed for a parameter whose name ends so. Units are in the names of parameters (latencyMs); a share is a ratio that people type in percent. */
export interface Unit {
  readonly text: '' | 'ms' | 'µs' | '%' | 'B' | 'B/s' | 'kbit/s' | 'MiB';
  /** What one of the parameter is in the typed unit. */
  readonly typedPerValue: number;
}

const UNITS: readonly (Unit & { readonly ending: RegExp; readonly goes: boolean })[] = [
  { ending: /bytesPerSec$/i, text: 'B/s', typedPerValue: 1, goes: false },
  { ending: /kilobitsPerSec$/i, text: 'kbit/s', typedPerValue: 1, goes: false },
  { ending: /mebibytes$/i, text: 'MiB', typedPerValue: 1, goes: false },
  { ending: /^bytes$/, text: 'B', typedPerValue: 1, goes: false },
  { ending: /Bytes$/, text: 'B', typedPerValue: 1, goes: true },
  { ending: /Micros$/, text: 'µs', typedPerValue: 1, goes: true },
  { ending: /Ms$/, text: 'ms', typedPerValue: 1, goes: true },
  { ending: /Percent$/, text: '%', typedPerValue: 1, goes: true },
  { ending: /share$/i, text: '%', typedPerValue: 100, goes: false },
  { ending: /Ratio$/, text: '%', typedPerValue: 100, goes: true },
];
const PLAIN: Unit = { text: '', typedPerValue: 1 };

export function unitOf(name: string): Unit {
  return UNITS.find(({ ending }) => ending.test(name)) ?? PLAIN;
}

const ABBREVIATIONS = /\b(http|rto|cpu)\b/g;
// A name of one small word that says too little in front of a field.
const LONGER: Readonly<Record<string, string>> = { on: 'Acts on', by: 'Callers by', set: 'Set headers', remove: 'Remove headers' };

/** `closeAfterMs` -> `Close after`, `httpStatus` -> `HTTP status`. */
export function labelOf(name: string): string {
  const unit = UNITS.find(({ ending }) => ending.test(name));
  const bare = unit?.goes === true ? name.replace(unit.ending, '') : name;
  const words = bare.replace(/([A-Z])/g, ' $1').toLowerCase().replace(/\bper sec\b/, 'per second').replace(ABBREVIATIONS, (word) => word.toUpperCase()).trim();
  return LONGER[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
