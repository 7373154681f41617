import type { EventFrame, LiveEvent } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';

type Fields = Readonly<Record<string, unknown>>;

/** What each kind must carry to be handed on. The server that wrote it is the authority on the rest. */
const CARRIES: { readonly [K in LiveEvent['kind']]: (event: Fields) => boolean } = {
  fault: (event) => isObject(event.fault) && typeof event.fault.id === 'string',
  faults: (event) => Array.isArray(event.faults) && event.faults.every((fault) => isObject(fault) && typeof fault.id === 'string'),
  unleased: (event) => Array.isArray(event.faults) && event.faults.every((fault) => isObject(fault) && typeof fault.agent === 'string' && typeof fault.proxy === 'string'),
  halt: (event) => event.halt === null || (isObject(event.halt) && typeof event.halt.id === 'string'),
  agent: (event) => typeof event.agent === 'string' && typeof event.connected === 'boolean',
};

/** JSON: events are few, and their shape is that of the HTTP API. */
export function writeEvent(writer: ByteWriter, frame: EventFrame): void {
  writer.textToEnd(JSON.stringify(frame.event));
}

export function readEvent(reader: ByteReader): LiveEvent {
  const value = parse(reader, reader.textToEnd('the event'));
  return isLiveEvent(value) ? value : reader.refuse('the event is of an unknown kind or lacks a field');
}

function parse(reader: ByteReader, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return reader.refuse('the event is not JSON');
    throw cause;
  }
}

function isLiveEvent(value: unknown): value is LiveEvent {
  return isObject(value) && isKind(value.kind) && CARRIES[value.kind](value);
}

function isKind(kind: unknown): kind is LiveEvent['kind'] {
  return typeof kind === 'string' && Object.hasOwn(CARRIES, kind);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
