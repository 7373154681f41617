const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON text as Go writes it: what JavaScript's own writer gives, and the characters that HTML could read escaped. */
export function goJsonText(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
