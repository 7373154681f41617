import type { LiveEdgeState } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';
import { MAX_LATENCY_CODE, latencyCode, latencyOfCode } from './latency-code.js';

/**
 * One edge against its base: a varint mask of the fields that differ, then those fields in the order of their bits.
 * The fields that change each second have the low seven bits, so the mask of a busy edge is one byte.
 */
const BIT = {
  ok: 1,
  bytes: 2,
  p50Ms: 4,
  p95Ms: 8,
  p99Ms: 16,
  connections: 32,
  serverError: 64,
  clientError: 128,
  noResponse: 256,
  faulted: 512,
  stale: 1_024,
} as const;
const ALL_BITS = 2_047;

type CounterField = 'ok' | 'bytes' | 'serverError' | 'clientError' | 'noResponse' | 'faulted';
type QuantileField = 'p50Ms' | 'p95Ms' | 'p99Ms';

/** What an edge is against when it has no base: in a keyframe, or in a delta that brings it. */
export const BLANK_EDGE: Omit<LiveEdgeState, 'id'> = {
  ok: 0,
  clientError: 0,
  serverError: 0,
  noResponse: 0,
  faulted: 0,
  bytes: 0,
  connections: 0,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  stale: false,
};

type Base = Omit<LiveEdgeState, 'id'>;

/** The bits of the fields that differ once quantised; 0 when a viewer could not tell the two apart. */
export function changedFields(base: Base, now: Base): number {
  let mask = 0;
  if (now.ok !== base.ok) mask |= BIT.ok;
  if (now.bytes !== base.bytes) mask |= BIT.bytes;
  if (codeDiffers(now.p50Ms, base.p50Ms)) mask |= BIT.p50Ms;
  if (codeDiffers(now.p95Ms, base.p95Ms)) mask |= BIT.p95Ms;
  if (codeDiffers(now.p99Ms, base.p99Ms)) mask |= BIT.p99Ms;
  if (now.connections !== base.connections) mask |= BIT.connections;
  if (now.serverError !== base.serverError) mask |= BIT.serverError;
  if (now.clientError !== base.clientError) mask |= BIT.clientError;
  if (now.noResponse !== base.noResponse) mask |= BIT.noResponse;
  if (now.faulted !== base.faulted) mask |= BIT.faulted;
  if (now.stale !== base.stale) mask |= BIT.stale;
  return mask;
}

function codeDiffers(a: number | null, b: number | null): boolean {
  return a !== b && latencyCode(a) !== latencyCode(b);
}

/** Throws RangeError when a counter fell: counters are cumulative within an epoch, so that is a bug of the caller. */
export function writeEdgeRow(writer: ByteWriter, base: Base, now: LiveEdgeState): void {
  const mask = changedFields(base, now);
  writer.varint(mask);
  if (mask & BIT.ok) writeIncrement(writer, { field: 'ok', base, now });
  if (mask & BIT.bytes) writeIncrement(writer, { field: 'bytes', base, now });
  if (mask & BIT.p50Ms) writer.zigzag(latencyCode(now.p50Ms) - latencyCode(base.p50Ms));
  if (mask & BIT.p95Ms) writer.zigzag(latencyCode(now.p95Ms) - latencyCode(base.p95Ms));
  if (mask & BIT.p99Ms) writer.zigzag(latencyCode(now.p99Ms) - latencyCode(base.p99Ms));
  if (mask & BIT.connections) writer.zigzag(now.connections - base.connections);
  if (mask & BIT.serverError) writeIncrement(writer, { field: 'serverError', base, now });
  if (mask & BIT.clientError) writeIncrement(writer, { field: 'clientError', base, now });
  if (mask & BIT.noResponse) writeIncrement(writer, { field: 'noResponse', base, now });
  if (mask & BIT.faulted) writeIncrement(writer, { field: 'faulted', base, now });
  if (mask & BIT.stale) writer.u8(now.stale ? 1 : 0);
}

function writeIncrement(writer: ByteWriter, { field, base, now }: { field: CounterField; base: Base; now: LiveEdgeState }): void {
  const increment = now[field] - base[field];
  if (increment < 0) throw new RangeError(`The counter ${field} of edge ${now.id} fell from ${base[field]} to ${now[field]}: counters only rise within an epoch.`);
  writer.varint(increment);
}

export function readEdgeRow(reader: ByteReader, id: number, base: Base): LiveEdgeState {
  const mask = reader.varint('a field mask');
  if (mask > ALL_BITS) reader.refuse(`a field mask is ${mask}, above ${ALL_BITS}`);
  const counter = (field: CounterField): number => (mask & BIT[field] ? readCounter(reader, field, base) : base[field]);
  const quantile = (field: QuantileField): number | null => (mask & BIT[field] ? readQuantile(reader, field, base) : base[field]);
  // The order of these reads is the order of the bits.
  const ok = counter('ok');
  const bytes = counter('bytes');
  const p50Ms = quantile('p50Ms');
  const p95Ms = quantile('p95Ms');
  const p99Ms = quantile('p99Ms');
  const connections = mask & BIT.connections ? readConnections(reader, base) : base.connections;
  const serverError = counter('serverError');
  const clientError = counter('clientError');
  const noResponse = counter('noResponse');
  const faulted = counter('faulted');
  const stale = mask & BIT.stale ? readStale(reader) : base.stale;
  return { id, ok, clientError, serverError, noResponse, faulted, bytes, connections, p50Ms, p95Ms, p99Ms, stale };
}

function readCounter(reader: ByteReader, field: CounterField, base: Base): number {
  const value = base[field] + reader.varint(field);
  return value <= Number.MAX_SAFE_INTEGER ? value : reader.refuse(`${field} rises above 2^53 - 1`);
}

function readQuantile(reader: ByteReader, field: QuantileField, base: Base): number | null {
  const code = latencyCode(base[field]) + reader.zigzag(field);
  return code >= 0 && code <= MAX_LATENCY_CODE ? latencyOfCode(code) : reader.refuse(`${field} has the code ${code}`);
}

function readConnections(reader: ByteReader, base: Base): number {
  const value = base.connections + reader.zigzag('connections');
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : reader.refuse(`connections is ${value}`);
}

function readStale(reader: ByteReader): boolean {
  const value = reader.u8('stale');
  return value <= 1 ? value === 1 : reader.refuse(`stale is ${value}`);
}
