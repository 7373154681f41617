/**
 * What leaves a stage, and when, on the clock that stamped what came in. `end` passes the end of the stream on; `close` and `reset` end the
 * whole connection, by FIN or RST. `atMs` may be Infinity: held until the stage is removed.
 */
export type Emission =
  | { readonly type: 'data'; readonly atMs: number; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly atMs: number }
  | { readonly type: 'close'; readonly atMs: number }
  | { readonly type: 'reset'; readonly atMs: number };

/**
 * One fault on one stream of one connection: bytes in, bytes out later. Pure: it says when something is to leave and never waits. Stages stand
 * in a chain; what one emits arrives at the next, stamped with the moment it left.
 *
 *     socket -> stage -> stage -> socket
 *
 * `data` and `end` leave in the order in which they were emitted, so a later emission with an earlier `atMs` waits for its forerunners.
 * `close` leaves at its `atMs` whatever waits in its own stage, and behind what waits in later ones; `reset` acts at its `atMs` whatever waits.
 */
export interface StreamStage {
  /** The connection was made, or the stage was put on a live one. For what runs on time alone. */
  start?(nowMs: number): readonly Emission[];
  data(bytes: Uint8Array, stampMs: number): readonly Emission[];
  end(stampMs: number): readonly Emission[];
  /** What becomes of what it holds when it is taken away: sent on at once, or the connection is ended because bytes are gone for good. */
  readonly removal: 'flush' | 'close' | 'reset';
}
