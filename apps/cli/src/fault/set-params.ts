type Params = Record<string, unknown>;

export type SetResult = { readonly ok: true; readonly params: Params } | { readonly ok: false; readonly problem: string };

// These would reach into every object of the program instead of into the parameters.
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/** Parameters from `name=value` pairs; a dot reaches into an object (`match.path=/pay/*`), and a value that reads as JSON is taken as JSON. */
export function setParams(pairs: readonly string[]): SetResult {
  const params: Params = {};
  for (const pair of pairs) {
    const problem = setOne(params, pair);
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, params };
}

function setOne(params: Params, pair: string): string | null {
  const equals = pair.indexOf('=');
  const path = pair.slice(0, equals).split('.');
  if (equals < 1 || path.some((name) => name === '' || FORBIDDEN.includes(name))) return `--set needs name=value, not "${pair}"`;
  let at = params;
  for (const name of path.slice(0, -1)) {
    at[name] ??= {};
    const next = at[name];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return `--set ${pair}: "${name}" already has a value that is no object`;
    at = next as Params;
  }
  at[path.at(-1) ?? ''] = valueOf(pair.slice(equals + 1));
  return null;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so it is the text itself: quoting a path on a command line would be a nuisance.
    return text;
  }
}
