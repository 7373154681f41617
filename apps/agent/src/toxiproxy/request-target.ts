import { posix } from 'node:path';

/** Where a request goes. `authority` is that of the absolute form (RFC 9112 section 3.2.2), null for the usual one. */
export type RequestTarget =
  | { readonly type: 'path'; readonly path: string; readonly authority: string | null }
  | { readonly type: 'moved'; readonly location: string; readonly authority: string | null }
  /** `*`: the server as a whole. */
  | { readonly type: 'server'; readonly authority: null }
  | { readonly type: 'unreadable'; readonly authority: null };

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?]*)/i;

/**
 * Reads a request target as Toxiproxy's router does: escapes are decoded before the path is matched, so `%2F` parts a path like a slash, and a
 * path with empty or dot segments is redirected to the clean one.
 */
export function readTarget(target: string): RequestTarget {
  if (target === '*') return { type: 'server', authority: null };
  const authority = ABSOLUTE.exec(target)?.[1] ?? null;
  const origin = target.replace(ABSOLUTE, '');
  const mark = origin.indexOf('?');
  const query = mark < 0 ? '' : origin.slice(mark);
  const path = decoded(mark < 0 ? origin : origin.slice(0, mark));
  if (path === null || (authority === null && !path.startsWith('/'))) return { type: 'unreadable', authority: null };
  const clean = posix.normalize(path.startsWith('/') ? path : `/${path}`);
  // A name in the path is UTF-8; the query is passed back as it came.
  if (clean === path) return { type: 'path', path: Buffer.from(path, 'latin1').toString('utf8'), authority };
  return { type: 'moved', location: escaped(clean) + query, authority };
}

/** The bytes that the escapes stand for, one Latin-1 character each; null when an escape is broken. */
function decoded(path: string): string | null {
  return /%(?![0-9a-f]{2})/i.test(path) ? null : path.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function escaped(path: string): string {
  return path.replace(/[^\w.~$&+,/:;=@-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
