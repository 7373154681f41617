import type { EdgeKey, Toxic } from '#contracts';

/** What Toxiproxy's face needs of a proxy. Counters move while connections live. */
export interface ToxicProxy {
  readonly name: string;
  readonly edge: EdgeKey;
  /** Resolved, as Go prints it: `127.0.0.1:46679`, `[::]:8080`. Raw text for a proxy that has never listened. */
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  /** Declared in the system file. */
  readonly fixed: boolean;
  /** Upstream toxics first, then downstream, each in chain order. */
  readonly toxics: readonly Toxic[];
  readonly bytes: Readonly<Record<'upstream' | 'downstream', { readonly received: number; readonly sent: number }>>;
}

export interface NewProxy {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  readonly toxics: readonly Toxic[];
}

/**
 * Every proxy of this agent by its name, from the system file and made at run time. All changes to toxics come through here, whichever face
 * asked: they are in the ledger before they act, known to the server afterwards, and serialised a proxy at a time.
 * Listening errors reject with Node's error (`code`, `address`, `port`). Nothing ever waits for a connection's blocked write.
 */
export interface ProxySet {
  /** Sorted by name. */
  list(): readonly ToxicProxy[];
  find(name: string): ToxicProxy | undefined;
  /** The proxy listens with all its toxics on, or does not exist. */
  create(proxy: NewProxy): Promise<ToxicProxy>;
  /** A changed address or `enabled: false` drops live connections. */
  update(name: string, change: { readonly listen?: string; readonly upstream?: string; readonly enabled?: boolean }): Promise<ToxicProxy>;
  remove(name: string): Promise<void>;
  addToxic(proxy: string, toxic: Toxic): Promise<void>;
  /** Keeps name, type, stream and place in the chain; re-rolls toxicity for each connection. */
  updateToxic(proxy: string, name: string, change: { readonly attributes: Readonly<Record<string, number>>; readonly toxicity: number }): Promise<Toxic>;
  removeToxic(proxy: string, name: string): Promise<void>;
  /** Enables every proxy and removes every toxic. */
  reset(): Promise<void>;
}
