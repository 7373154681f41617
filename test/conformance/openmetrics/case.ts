import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A case as its test.json has it, in either of the forms that the suite has had. */
export type Case = { readonly kind: 'case'; readonly name: string; readonly body: Uint8Array; readonly isValid: boolean } | { readonly kind: 'skipped'; readonly name: string; readonly reason: string };

interface Description {
  readonly type: string;
  readonly file: string;
  readonly isValid: boolean;
}

const DESCRIPTION = 'test.json';

/** The folders at and below `path` that hold a case, in order. */
export function caseFolders(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return path.endsWith(DESCRIPTION) ? [dirname(path)] : [];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const below = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => caseFolders(join(path, name)));
  return entries.some(({ name }) => name === DESCRIPTION) ? [path, ...below] : below;
}

export function readCase(folder: string, name: string): Case {
  try {
    const description = descriptionOf(JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8')));
    if (description === null) return { kind: 'skipped', name, reason: `its ${DESCRIPTION} has no file and outcome that are understood here` };
    if (description.type !== 'text') return { kind: 'skipped', name, reason: `it is of type ${JSON.stringify(description.type)}, not text` };
    return { kind: 'case', name, body: readFileSync(join(folder, description.file)), isValid: description.isValid };
  } catch (error) {
    return { kind: 'skipped', name, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** `{type, file, shouldParse}`, or `{parse: {type, file}, outcome: {parseResult: {valid}}}`. */
function descriptionOf(json: unknown): Description | null {
  const isValid = at(json, 'shouldParse') ?? at(at(at(json, 'outcome'), 'parseResult'), 'valid');
  const parse = at(json, 'parse') ?? json;
  const [type, file] = [at(parse, 'type'), at(parse, 'file')];
  return typeof type === 'string' && typeof file === 'string' && typeof isValid === 'boolean' ? { type, file, isValid } : null;
}

const at = (json: unknown, key: string): unknown => (typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[key] : undefined);
