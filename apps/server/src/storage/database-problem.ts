import { StartError } from '../config/start-error.js';
import { sqlState } from './database-failure.js';

// The oldest release that its makers still maintain; partitioning and the trigger syntax in use are all there from it on.
const OLDEST_VERSION_NUM = 140_000;

export interface DatabaseVersion {
  /** `server_version_num`: 140005 is 14.5. */
  readonly number: string;
  /** `server_version`, as people write it. */
  readonly version: string;
}

/** Why this version will not do; null when it will. */
export function versionProblem(found: DatabaseVersion, address: string): string | null {
  if (Number(found.number) >= OLDEST_VERSION_NUM) return null;
  return `The database at ${address} is PostgreSQL ${found.version}; Faultline needs 14 or newer. Point DATABASE_URL at a newer one.`;
}

/** Where a database URL points, without the password: safe to print. */
interface DatabasePlace {
  readonly address: string;
  readonly database: string;
  readonly user: string;
}

/** Turns a failed connection or migration at start into one line that names the place, the cause and what to do. */
export function databaseStartError(error: unknown, url: string): StartError {
  if (error instanceof StartError) return error;
  return new StartError(explain(error, placeOf(url)), { cause: error });
}

function explain(error: unknown, place: DatabasePlace): string {
  const cause = error instanceof Error ? error.message || String(sqlState(error)) : String(error);
  switch (sqlState(error)) {
    case 'ECONNREFUSED':
      return `No database answers at ${place.address}: start PostgreSQL there, or correct DATABASE_URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The database host of ${place.address} is not known: correct DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `The database at ${place.address} refuses the user ${place.user}: correct the user or password in DATABASE_URL (${cause}).`;
    case '3D000':
      return `The database "${place.database}" does not exist at ${place.address}: create it, or correct DATABASE_URL.`;
    case '42501':
      return `The user ${place.user} may not create tables in the database "${place.database}" at ${place.address}: grant it CREATE on the schema (${cause}).`;
    case '53100':
      return `The database at ${place.address} has no disk space left: free some and start again.`;
    case '53300':
      return `The database at ${place.address} has no free connection: raise max_connections or close other clients.`;
    default:
      return `The database at ${place.address} cannot be used: ${cause}. Check that it runs and that DATABASE_URL is right.`;
  }
}

export function placeOf(url: string): DatabasePlace {
  const { hostname, port, pathname, username } = new URL(url);
  return { address: `${hostname || 'localhost'}:${port || '5432'}`, database: decodeURIComponent(pathname.slice(1)), user: decodeURIComponent(username) };
}
