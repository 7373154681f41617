import { TOXIC_ATTRIBUTES } from '#contracts';
import type { Toxic, ToxicType, UnleasedFault } from '#contracts';
import { formatCount } from '../format/number.js';

/** Toxiproxy's own units: milliseconds, KB/s of 1000 bytes, bytes and, for the slicer's delay, microseconds. */
export function attributeUnit(type: ToxicType, attribute: string): string {
  if (attribute === 'rate') return 'KB/s';
  if (['bytes', 'average_size', 'size_variation'].includes(attribute)) return 'B';
  return type === 'slicer' ? 'µs' : 'ms';
}

/** `latency: latency 100 ms, jitter 0 ms · downstream, 50 % of connections`. */
export function toxicSummary({ name, type, stream, toxicity, attributes }: Toxic): string {
  const values = TOXIC_ATTRIBUTES[type].map((attribute) => `${attribute.replace('_', ' ')} ${formatCount(attributes[attribute] ?? 0)} ${attributeUnit(type, attribute)}`);
  // Toxiproxy does not check the range; what is above 1 hits all.
  const share = toxicity >= 1 ? '' : `, ${Number((Math.max(0, toxicity) * 100).toPrecision(3))} % of connections`;
  return `${name === type ? type : `${name} (${type})`}${values.length === 0 ? '' : `: ${values.join(', ')}`} · ${stream}${share}`;
}

/** One line for a toxic or a disabled proxy. */
export function unleasedSummary({ proxy, toxic }: UnleasedFault): string {
  return toxic === null ? `Proxy ${proxy} is disabled: it refuses every connection` : toxicSummary(toxic);
}
