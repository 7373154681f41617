import { TOXIC_ATTRIBUTES, TOXIC_TYPES } from '#contracts';
import type { Toxic, ToxicType } from '#contracts';
import { INVALID_STREAM, INVALID_TYPE, badBody } from './answer.js';
import type { Problem } from './answer.js';
import { goJsonText } from './go-json/go-text.js';
import { readGoJson } from './go-json/go-reader.js';
import type { GoReader } from './go-json/go-reader.js';
import { streamOf } from './stream-spellings.js';

/** Names of toxics and proxies go into the ledger and to the server, which take so many characters. */
export const MAX_NAME_LENGTH = 200;
export const NAME_TOO_LONG: Problem = badBody(`name is longer than ${MAX_NAME_LENGTH} characters`);

/** What Go calls each type of toxic, and its whole numbers. */
const GO_TYPES: Readonly<Record<ToxicType, { readonly name: string; readonly int: 'int' | 'int64' }>> = {
  latency: { name: 'LatencyToxic', int: 'int64' },
  bandwidth: { name: 'BandwidthToxic', int: 'int64' },
  slow_close: { name: 'SlowCloseToxic', int: 'int64' },
  timeout: { name: 'TimeoutToxic', int: 'int64' },
  reset_peer: { name: 'ResetToxic', int: 'int64' },
  slicer: { name: 'SlicerToxic', int: 'int' },
  limit_data: { name: 'LimitDataToxic', int: 'int64' },
  noop: { name: 'NoopToxic', int: 'int64' },
};
const UPDATE_TYPE = 'struct { Attributes interface {} "json:\\"attributes\\""; Toxicity float32 "json:\\"toxicity\\"" }';

/** `written` is the stream as the client spelt it. */
export type ReadToxic = { readonly ok: true; readonly toxic: Toxic; readonly written: string } | { readonly ok: false; readonly problem: Problem };
export type Attributes = Readonly<Record<string, number>>;
export type ToxicChange = { readonly ok: true; readonly attributes: Attributes; readonly toxicity: number } | { readonly ok: false; readonly problem: Problem };

interface Wrapper {
  name: string;
  type: string;
  stream: string;
  toxicity: number;
}

/**
 * Reads a new toxic. In two passes over the same text, as Toxiproxy does, because its type, which may come last, says which attributes it
 * has: so the order in which problems are found is Toxiproxy's, too. `exists` is asked before the attributes are looked at.
 */
export function readToxic(body: Uint8Array, exists: (name: string) => Problem | null): ReadToxic {
  const head = readGoJson(body, readWrapper);
  if (!head.ok) return { ok: false, problem: badBody(head.problem) };
  const named = nameToxic(head.value);
  const problem = named.ok ? exists(named.name) : named.problem;
  if (!named.ok || problem !== null) return { ok: false, problem: problem! };
  const read = readGoJson(body, (reader) => readAttributes(reader, named.type, {}));
  if (!read.ok) return { ok: false, problem: badBody(read.problem) };
  const { name, type, stream } = named;
  return { ok: true, toxic: { name, type, stream, toxicity: head.value.toxicity, attributes: read.value }, written: head.value.stream };
}

/** Reads what is to change of a toxic; what the body leaves out stays. */
export function readToxicChange(body: Uint8Array, toxic: Toxic): ToxicChange {
  const { name } = GO_TYPES[toxic.type];
  let attributes: Attributes = toxic.attributes;
  let { toxicity } = toxic;
  const read = readGoJson(body, (reader) =>
    reader.struct(UPDATE_TYPE, null, {
      attributes: () => (attributes = attributeMembers(reader, toxic.type, attributes, { type: `toxics.${name}`, field: '.attributes' })),
      toxicity: () => (toxicity = reader.float32('.toxicity') ?? toxicity),
    }),
  );
  return read.ok ? { ok: true, attributes, toxicity } : { ok: false, problem: badBody(read.problem) };
}

export function toxicJson(toxic: Toxic, stream: string): string {
  const attributes = TOXIC_ATTRIBUTES[toxic.type].map((name) => `${goJsonText(name)}:${toxic.attributes[name] ?? 0}`);
  return `{"attributes":{${attributes.join(',')}},"name":${goJsonText(toxic.name)},"type":"${toxic.type}","stream":${goJsonText(stream)},"toxicity":${toxic.toxicity}}`;
}

function readWrapper(reader: GoReader): Wrapper {
  const wrapper: Wrapper = { name: '', type: '', stream: 'downstream', toxicity: 1 };
  reader.struct('toxics.ToxicWrapper', null, {
    attributes: () => reader.struct('toxics.NoopToxic', 'ToxicWrapper.attributes', {}),
    name: () => (wrapper.name = reader.string('ToxicWrapper.name') ?? wrapper.name),
    type: () => (wrapper.type = reader.string('ToxicWrapper.type') ?? wrapper.type),
    stream: () => (wrapper.stream = reader.string('ToxicWrapper.stream') ?? wrapper.stream),
    toxicity: () => (wrapper.toxicity = reader.float32('ToxicWrapper.toxicity') ?? wrapper.toxicity),
  });
  return wrapper;
}

type Named = ({ readonly ok: true } & Pick<Toxic, 'name' | 'type' | 'stream'>) | { readonly ok: false; readonly problem: Problem };

function nameToxic(wrapper: Wrapper): Named {
  const stream = streamOf(wrapper.stream);
  const type = TOXIC_TYPES.find((known) => known === wrapper.type);
  if (stream === undefined) return { ok: false, problem: INVALID_STREAM };
  if (type === undefined) return { ok: false, problem: INVALID_TYPE };
  const name = wrapper.name || `${type}_${wrapper.stream}`;
  return name.length > MAX_NAME_LENGTH ? { ok: false, problem: NAME_TOO_LONG } : { ok: true, name, type, stream };
}

function readAttributes(reader: GoReader, type: ToxicType, before: Attributes): Attributes {
  let attributes = attributeDefaults(type, before);
  reader.struct('toxics.ToxicWrapper', null, {
    attributes: () => (attributes = attributeMembers(reader, type, attributes, { type: `toxics.${GO_TYPES[type].name}`, field: '.attributes' })),
  });
  return attributes;
}

function attributeMembers(reader: GoReader, type: ToxicType, before: Attributes, at: { readonly type: string; readonly field: string }): Attributes {
  const attributes: Record<string, number> = { ...before };
  const { name, int } = GO_TYPES[type];
  const read = (attribute: string): void => void (attributes[attribute] = reader.int(`${name}.attributes.${attribute}`, int) ?? attributes[attribute] ?? 0);
  reader.struct(at.type, at.field, Object.fromEntries(TOXIC_ATTRIBUTES[type].map((attribute) => [attribute, () => read(attribute)])));
  return attributes;
}

function attributeDefaults(type: ToxicType, before: Attributes): Attributes {
  return Object.fromEntries(TOXIC_ATTRIBUTES[type].map((attribute) => [attribute, before[attribute] ?? 0]));
}
