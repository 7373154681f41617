/** Prometheus' envelope of an answer. */
export interface Success<Data> {
  readonly status: 'success';
  readonly data: Data;
}

export function succeeded<Data>(data: Data): Success<Data> {
  return { status: 'success', data };
}
