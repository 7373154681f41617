/**
 * Lower and upper case as Go's `strings` have them: one character for one (Unicode's simple mappings), where JavaScript writes `SS` for `ß` and looks at the
 * neighbours of a sigma.
 */
export function toSimpleLowerCase(text: string): string {
  return mapCharacters(text, (char) => (char === DOTTED_CAPITAL_I ? 'i' : char.toLowerCase()));
}

export function toSimpleUpperCase(text: string): string {
  return mapCharacters(text, (char) => {
    const upper = char.toUpperCase();
    return isOneCharacter(upper) ? upper : (withCapitalIota(char) ?? char);
  });
}

const DOTTED_CAPITAL_I = '\u0130';

function mapCharacters(text: string, map: (char: string) => string): string {
  let mapped = '';
  for (const char of text) mapped += map(char);
  return mapped;
}

function isOneCharacter(text: string): boolean {
  return text.length === String.fromCodePoint(text.codePointAt(0) ?? 0).length;
}

/** Greek vowels with a small iota below, for which JavaScript writes the iota out, have a capital with one beside it, eight or nine places on. */
function withCapitalIota(char: string): string | null {
  const code = char.codePointAt(0) ?? 0;
  const inBlock = code >= 0x1f80 && code <= 0x1faf && code % 16 < 8;
  if (inBlock) return String.fromCodePoint(code + 8);
  return code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? String.fromCodePoint(code + 9) : null;
}
