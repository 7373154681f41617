/**
 * Every error Faultline raises on purpose. The code is the contract: operators search by it, clients switch on it.
 * `{name}` in a template is filled from the details. Retired codes stay listed and are never used again.
 */
export interface ErrorSpec {
  readonly httpStatus: number;
  readonly retryable: boolean;
  readonly template: string;
}

export const ERRORS = {
  INVALID_REQUEST: { httpStatus: 400, retryable: false, template: 'The request is not valid: {problems}.' },
  BODY_TOO_LARGE: { httpStatus: 413, retryable: false, template: 'The body is too large: {problems}.' },
  MEDIA_TYPE_UNSUPPORTED: { httpStatus: 415, retryable: false, template: 'The body cannot be read: {problems}.' },
  NOT_FOUND: { httpStatus: 404, retryable: false, template: 'There is no {what} "{id}".' },
  SIGN_IN_REQUIRED: { httpStatus: 401, retryable: false, template: 'Sign in first: this needs a session or an API token.' },
  PERMISSION_DENIED: { httpStatus: 403, retryable: false, template: 'The role {role} may not do this: it needs the permission {permission}.' },
  ORIGIN_REFUSED: { httpStatus: 403, retryable: false, template: 'Requests from the origin {origin} are refused: open Faultline at {expected}.' },
  SIGN_IN_LINK_INVALID: { httpStatus: 401, retryable: false, template: 'This sign-in link is used, expired or unknown. Ask an admin for a new one, or restart Faultline to print one.' },
  TOO_MANY_ATTEMPTS: { httpStatus: 429, retryable: true, template: 'Too many sign-in attempts. Try again in {retryAfterSec} s.' },
  ENROL_TOKEN_INVALID: { httpStatus: 401, retryable: false, template: 'The enrolment token is used, expired or unknown. Create a new one under Agents.' },
  AGENT_OFFLINE: { httpStatus: 409, retryable: true, template: 'The agent {agent} that carries {target} is not connected, so nothing was applied.' },
  AGENT_TIMEOUT: { httpStatus: 504, retryable: true, template: 'The agent {agent} did not confirm within {waitedMs} ms. {meanwhile}.' },
  AGENT_REFUSED: { httpStatus: 409, retryable: false, template: 'The agent {agent} refused: {reason}.' },
  TARGET_UNKNOWN: { httpStatus: 404, retryable: false, template: 'No agent carries {target}.' },
  FAULT_CONFLICT: { httpStatus: 409, retryable: false, template: 'The fault {faultId} already acts on {target}. Stop it first.' },
  FAULT_UNSUPPORTED: { httpStatus: 422, retryable: false, template: 'The fault kind {kind} cannot act on {target}: {reason}.' },
  FAULT_UNAVAILABLE: { httpStatus: 409, retryable: false, template: 'The agent {agent} cannot carry out {kind}: {reason}.' },
  NOTHING_SELECTED: { httpStatus: 422, retryable: false, template: 'The selector matches nothing now, so nothing was started. Known are {known}.' },
  BLAST_RADIUS_EXCEEDED: { httpStatus: 422, retryable: false, template: 'This would make {asked} and the server allows {allowed} ({setting}). Pick fewer targets, or have an admin raise the setting.' },
  SELECTION_FAILED: { httpStatus: 409, retryable: false, template: 'The selection could not start on {target}, so it does not start anywhere. {reason} {undone}' },
  NOT_COMPARABLE: { httpStatus: 422, retryable: false, template: 'The fault {faultId} acts on {target}, which is no edge: there is no traffic of one edge to compare before, during and after.' },
  PROXY_REFUSED: { httpStatus: 409, retryable: false, template: 'The agent {agent} refused: {reason}.' },
  REVERT_BLOCKED: { httpStatus: 409, retryable: false, template: 'A revert failed on {target} ({faultId}). New faults there are blocked until it is clean.' },
  HALTED: { httpStatus: 409, retryable: false, template: 'Everything is halted since {since} by {by}. An admin must resume before a fault can start.' },
  NOT_HALTED: { httpStatus: 409, retryable: false, template: 'Nothing is halted, so there is nothing to resume.' },
  LAST_ADMIN: { httpStatus: 409, retryable: false, template: 'The last admin cannot be removed.' },
  DATABASE_UNAVAILABLE: { httpStatus: 503, retryable: true, template: 'The database does not answer. Faultline tries again by itself.' },
  TOO_MANY_PINS: { httpStatus: 409, retryable: false, template: 'There are {most} pinned spans already, which is the limit. Remove one that nobody needs.' },
  SCRAPE_CONFIG_INVALID: { httpStatus: 422, retryable: false, template: 'The scrape configuration is not valid, so what was scraped goes on as before: {problem}' },
  HISTORY_UNREADABLE: { httpStatus: 503, retryable: true, template: 'The recorded history could not be read: {reason}.' },
  USAGE_INVALID: { httpStatus: 400, retryable: false, template: '{problem}. Usage: {usage}' },
  PORT_TAKEN: { httpStatus: 409, retryable: true, template: 'Port {port} is taken by {holder}. Stop that process, or choose another port with --port.' },
  DATA_DIR_UNUSABLE: { httpStatus: 500, retryable: false, template: 'The data directory {path} cannot be used: {reason}. {remedy}.' },
  DATA_DIR_IN_USE: { httpStatus: 409, retryable: true, template: 'The data directory {path} is in use by pid {pid} ({command}). Stop that process, or choose another directory with --data-dir.' },
  DISK_FULL: { httpStatus: 507, retryable: true, template: 'The disk is full: {path} has {freeMb} MB free and Faultline needs {neededMb} MB. Free some space, or choose another place with --data-dir.' },
  POSTGRES_FAILED: { httpStatus: 500, retryable: true, template: 'The embedded PostgreSQL failed: {reason}. To use a server of your own, set DATABASE_URL.' },
  CHILD_FAILED: { httpStatus: 500, retryable: true, template: 'The {child} did not start: {reason}' },
  SERVER_UNREACHABLE: { httpStatus: 503, retryable: true, template: 'The Faultline server does not answer as it should ({reason}). Check that it runs, then try again.' },
  INTERNAL: { httpStatus: 500, retryable: false, template: 'Something failed inside Faultline. The log entry {logId} says what.' },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** The only error class thrown on purpose. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(errorMessage(code, details), options);
  }
}

export function errorMessage(code: ErrorCode, details: ErrorDetails): string {
  return ERRORS[code].template.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? '?'));
}

/** Body of every non-2xx answer of Faultline's own HTTP API. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };
}
