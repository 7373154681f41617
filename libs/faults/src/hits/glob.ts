/** True for texts that a pattern describes: `*` stands for any run of characters, everything else for itself, case included. */
export type GlobMatcher = (text: string) => boolean;

/**
 * Compiles a pattern once for many texts. Takes time linear in the text whatever the pattern, so a pattern cannot hang a proxy: the parts between
 * stars are looked for from left to right, each by Knuth, Morris and Pratt's search (1977), and nothing is ever tried again.
 */
export function compileGlob(pattern: string): GlobMatcher {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  const searches = rest.filter((part) => part !== '').map(compileSearch);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const search of searches) {
      at = search(text, at, end);
      if (at < 0) return false;
    }
    return true;
  };
}

export function globMatches(pattern: string, text: string): boolean {
  return compileGlob(pattern)(text);
}

/** Gives the place behind the first occurrence of a part in `text` from `from` up to `end`; -1 where there is none. */
type Search = (text: string, from: number, end: number) => number;

function compileSearch(part: string): Search {
  const borders = bordersOf(part);
  return (text, from, end) => {
    let matched = 0;
    for (let at = from; at < end; at++) {
      while (matched > 0 && text[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
      if (text[at] === part[matched]) matched += 1;
      if (matched === part.length) return at + 1;
    }
    return -1;
  };
}

/** For each prefix of `part`, the length of the longest shorter prefix that it ends with: how much of a broken match is still a match. */
function bordersOf(part: string): readonly number[] {
  const borders = [0];
  let length = 0;
  for (let at = 1; at < part.length; at++) {
    while (length > 0 && part[at] !== part[length]) length = borders[length - 1] ?? 0;
    if (part[at] === part[length]) length += 1;
    borders.push(length);
  }
  return borders;
}
