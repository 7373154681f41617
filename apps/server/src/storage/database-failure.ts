const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

// SQLSTATE: 08 connection exception, 53 insufficient resources (too many connections, disk full), 57P01-57P03 shutting down, crashed, starting.
const UNAVAILABLE_SQLSTATE = /^(08\w{3}|53\w{3}|57P0[123])$/;

// The driver raises these without a code.
const UNAVAILABLE_MESSAGE = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/;

/** True when the database is away or refuses work for now, so that trying again later makes sense; false for a mistake in a query. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = sqlState(error);
  if (code !== null && (NETWORK_CODES.has(code) || UNAVAILABLE_SQLSTATE.test(code))) return true;
  return UNAVAILABLE_MESSAGE.test(error.message) || isDatabaseUnavailable(error.cause) || isDatabaseUnavailable(driverError(error));
}

/** SQLSTATE or system error code of an error of the driver or of TypeORM, which wraps the driver's. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return sqlState(driverError(error));
}

function driverError(error: Error): unknown {
  return 'driverError' in error && error.driverError !== error ? error.driverError : undefined;
}
