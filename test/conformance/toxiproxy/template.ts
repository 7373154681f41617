/**
 * Texts of recordings hold `{{names}}` for what differs from run to run:
 *
 * - `{{port1}}`, `{{port2}}` ...: a port that the server chose. The first answer that shows it binds it; requests and later answers mean the same one.
 * - `{{echo}}`: the port of a server that echoes, which the player brings along.
 * - `{{id}}`: a request id. `{{number}}`: any number.
 */
export type Bindings = Map<string, string>;

const PATTERNS: Readonly<Record<string, string>> = { id: '[0-9a-v]{20}', number: '[0-9.e+-]+' };
const CHOSEN_PORT = /(?<="listen":"(?:127\.0\.0\.1|\[::\]|\[::1\]):)\d+/g;

/** The text with what is bound filled in. */
export function fill(text: string, bound: Bindings): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => bound.get(name) ?? whole);
}

/** Whether a text is what the template says; binds what the template names for the first time. */
export function matches(template: string, text: string, bound: Bindings): boolean {
  const names: string[] = [];
  const pattern = template.replace(/\{\{(\w+)\}\}|[.*+?^${}()|[\]\\/]/g, (whole, name: string | undefined) => {
    if (name === undefined) return `\\${whole}`;
    if (PATTERNS[name] !== undefined) return PATTERNS[name];
    const known = bound.get(name);
    if (known !== undefined) return known;
    if (names.includes(name)) return `\\k<${name}>`;
    names.push(name);
    return `(?<${name}>\\d+)`;
  });
  const match = new RegExp(`^${pattern}$`, 'u').exec(text);
  for (const name of match === null ? [] : names) bound.set(name, match!.groups![name]!);
  return match !== null;
}

/** The opposite of `fill`, for recording: ports that the server chose get names, and known ones are written by theirs. */
export function abstract(text: string, bound: Bindings): string {
  for (const [port] of text.matchAll(CHOSEN_PORT)) {
    if (![...bound.values()].includes(port)) bound.set(`port${bound.size}`, port);
  }
  let abstracted = text;
  for (const [name, port] of bound) abstracted = abstracted.replaceAll(`:${port}`, `:{{${name}}}`);
  return abstracted;
}
