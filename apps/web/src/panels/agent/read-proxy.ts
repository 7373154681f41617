import { TOXIC_ATTRIBUTES, createProxySchema } from '#contracts';
import type { CreateProxy, Stream, ToxicType } from '#contracts';

export interface TypedToxic {
  /** Tells rows apart while they come and go. */
  readonly key: number;
  readonly type: ToxicType;
  readonly stream: Stream;
  readonly toxicityPercent: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TypedProxy {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  readonly toxics: readonly TypedToxic[];
}

export const FIRST_PROXY: TypedProxy = { name: '', listen: '127.0.0.1:', upstream: '', enabled: true, toxics: [] };

export type ReadProxy = { readonly ok: true; readonly proxy: CreateProxy } | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** The proxy that the typed text means, or what is wrong by field: `name`, `toxics.0.attributes.latency`. */
export function readProxy({ name, listen, upstream, enabled, toxics }: TypedProxy): ReadProxy {
  const asked = { name: name.trim(), listen: listen.trim(), upstream: upstream.trim(), enabled, toxics: toxics.map(toxicOf) };
  const problems: Record<string, string> = {};
  toxics.forEach((toxic, i) => {
    for (const attribute of TOXIC_ATTRIBUTES[toxic.type]) {
      if (!isWhole(toxic.attributes[attribute] ?? '')) problems[`toxics.${i}.attributes.${attribute}`] = 'Enter a whole number, 0 or more.';
    }
  });
  const checked = createProxySchema.safeParse(asked);
  if (!checked.success) {
    for (const { path, message } of checked.error.issues) problems[path.map(String).join('.')] ??= `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  }
  return checked.success && Object.keys(problems).length === 0 ? { ok: true, proxy: checked.data } : { ok: false, problems };
}

function toxicOf({ type, stream, toxicityPercent, attributes }: TypedToxic): object {
  const values = TOXIC_ATTRIBUTES[type].map((attribute) => [attribute, Number((attributes[attribute] ?? '').trim() || 0)]);
  return { type, stream, toxicity: Number(toxicityPercent.trim().replace(',', '.') || Number.NaN) / 100, attributes: Object.fromEntries(values) };
}

// Toxiproxy takes an attribute that is not sent for 0, and so does an empty field.
function isWhole(text: string): boolean {
  return text.trim() === '' || /^\d+$/.test(text.trim());
}
