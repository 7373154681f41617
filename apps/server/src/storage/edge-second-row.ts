import type { OutcomeCounts } from '#contracts';

/** What one agent start saw on one edge in one second (unix time, UTC). */
export interface EdgeSecondRow {
  readonly edgeId: number;
  readonly sec: number;
  readonly bootId: number;
  readonly outcomes: OutcomeCounts;
  readonly faulted: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly connectionsOpened: number;
  readonly connectionsActive: number;
  /** An encoded latency sketch. */
  readonly latency: Uint8Array;
}

/** The columns of `edge_second` in order: what each is called, its type, and where its value comes from. */
export const EDGE_SECOND_COLUMNS: readonly { readonly name: string; readonly type: 'integer' | 'bigint' | 'bytea'; readonly of: (row: EdgeSecondRow) => number | Uint8Array }[] = [
  { name: 'edge_id', type: 'integer', of: (row) => row.edgeId },
  { name: 'sec', type: 'bigint', of: (row) => row.sec },
  { name: 'boot_id', type: 'integer', of: (row) => row.bootId },
  { name: 'ok', type: 'bigint', of: (row) => row.outcomes.ok },
  { name: 'client_error', type: 'bigint', of: (row) => row.outcomes.clientError },
  { name: 'server_error', type: 'bigint', of: (row) => row.outcomes.serverError },
  { name: 'no_response', type: 'bigint', of: (row) => row.outcomes.noResponse },
  { name: 'faulted', type: 'bigint', of: (row) => row.faulted },
  { name: 'bytes_sent', type: 'bigint', of: (row) => row.bytesSent },
  { name: 'bytes_received', type: 'bigint', of: (row) => row.bytesReceived },
  { name: 'connections_opened', type: 'bigint', of: (row) => row.connectionsOpened },
  { name: 'connections_active', type: 'bigint', of: (row) => row.connectionsActive },
  { name: 'latency', type: 'bytea', of: (row) => row.latency },
];
