import { fileURLToPath } from 'node:url';

/** The clone, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = `${ROOT}dist/`;
export const NODE_MODULES = `${ROOT}node_modules/`;
