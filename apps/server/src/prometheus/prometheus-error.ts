/**
 * The HTTP status of every `errorType` of Prometheus' API ("Format overview" in its docs), and of those that stand for what Prometheus answers without
 * its envelope. 499 is what proxies write in their logs for a client that has gone.
 */
export const STATUS_OF = {
  bad_data: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  execution: 422,
  canceled: 499,
  internal: 500,
  timeout: 503,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type PrometheusErrorType = keyof typeof STATUS_OF;

/** A refusal in the words of Prometheus' API. */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
  constructor(
    readonly type: PrometheusErrorType,
    message: string,
  ) {
    super(message);
  }
}

/** As Prometheus names the parameter that is wrong. */
export function invalidParameter(name: string, problem: string): PrometheusError {
  return new PrometheusError('bad_data', `invalid parameter "${name}": ${problem}`);
}
