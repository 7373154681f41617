import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** What a GET path means: a file (path relative to the folder), a page of the app (index.html), or nothing. */
export type WebFile = { readonly kind: 'file'; readonly path: string; readonly immutable: boolean } | { readonly kind: 'page' } | { readonly kind: 'missing' };

// These belong to the machine interfaces; a page in their place would read as a success.
const RESERVED = new Set(['api', 'live', 'agent', 'metrics', 'healthz', 'prometheus', 'readyz']);
// The stream stands below `/live/`; the address itself is the picture's page.
const LIVE_PAGE = '/live';

/** The bundler puts a hash of the content into the names below this folder, so they never change. */
const HASHED_FOLDER = 'assets';

/** Decides what to answer for `urlPath` (decoded, without query) from `webDir`. */
export async function locateWebFile(webDir: string, urlPath: string): Promise<WebFile> {
  const segments = urlPath.split('/').filter((segment) => segment !== '');
  const [first] = segments;
  if (first === undefined || urlPath === LIVE_PAGE) return { kind: 'page' };
  if (RESERVED.has(first) || segments.some(isUnsafeSegment)) return { kind: 'missing' };
  const path = segments.join('/');
  if (await isFile(join(webDir, ...segments))) return { kind: 'file', path, immutable: first === HASHED_FOLDER };
  // A missing script or icon must be a 404: index.html in its place would fail later and less clearly. Further down a dot is part of a name, such as an agent's.
  return first === HASHED_FOLDER || (segments.length === 1 && first.includes('.')) ? { kind: 'missing' } : { kind: 'page' };
}

/** Segments that could leave the folder or read a hidden file; a decoded slash or backslash is one that was escaped to get past here. */
function isUnsafeSegment(segment: string): boolean {
  return segment.startsWith('.') || segment.includes('\\') || segment.includes('\0') || segment.includes(sep);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not readable: either way there is no file to serve.
    return false;
  }
}
