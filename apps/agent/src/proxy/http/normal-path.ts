// Scheme and authority of the absolute form (RFC 9112 section 3.2.2). A slash too many in its place is collapsed with the others.
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * What matchers see of a request target: its path as RFC 3986 section 6.2.2 normalises it, so that no spelling of a path slips past a pattern.
 *
 *     http://h/a/%7Eb//./c/../d%2fe?x#y  ->  /a/~b/d%2Fe
 *
 * Slashes are collapsed before dot segments are removed, as servers that collapse them do. An escaped slash stays escaped: it is data, not structure.
 * `*` stays as it is; the target of CONNECT is an authority and has no path, so it gives ''.
 */
export function normalPath(target: string): string {
  if (target === '*') return target;
  const hierarchical = target.replace(ABSOLUTE, '/').replace(/[?#].*$/s, '');
  return hierarchical.startsWith('/') ? withoutDotSegments(normalEscapes(hierarchical)) : '';
}

/** Escapes of unreserved characters are decoded, all others written in upper case; what should have been escaped is. */
function normalEscapes(path: string): string {
  return path
    .replace(/%([0-9a-f]{2})/gi, (escape, digits: string) => {
      const letter = String.fromCharCode(parseInt(digits, 16));
      return /[A-Za-z0-9._~-]/.test(letter) ? letter : escape.toUpperCase();
    })
    .replace(/[^\x21-\x7e]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.replace(/\/{2,}/g, '/').split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  // A path that ends in a dot segment names a directory.
  const last = segments.at(-1);
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}`;
}
