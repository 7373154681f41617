import { STREAMS } from '#contracts';
import type { EdgeKey, Toxic, UnleasedFault } from '#contracts';
import { compileToxic, seeded } from '#faults';
import type { Clock } from '../clock.js';
import type { EdgeProxy } from './edge-proxy.js';
import type { ToxicProxy } from './proxy-set.js';

export interface NamedProxyParts {
  readonly clock: Clock;
  readonly random: () => number;
  /** Makes durable which faults without a lease act on a proxy, or are about to; rejects when that cannot be had. */
  readonly ledger: { putUnleased(proxy: string, faults: readonly UnleasedFault[]): Promise<void> };
}

interface Entry {
  readonly toxic: Toxic;
  readonly sinceMs: number;
}

/** What has no lease on one proxy. */
interface Unleased {
  /** In the order in which they were added, both streams together. */
  readonly entries: readonly Entry[];
  readonly disabledSinceMs: number | null;
}

const NOTHING: Unleased = { entries: [], disabledSinceMs: null };

/** One proxy under its name, with its toxics. What has no lease is in the ledger before it acts, and until it has ceased to. One change at a time. */
export class NamedProxy implements ToxicProxy {
  private state = NOTHING;

  constructor(
    readonly name: string,
    readonly proxy: EdgeProxy,
    /** Declared in the system file. */
    readonly fixed: boolean,
    private readonly parts: NamedProxyParts,
  ) {}

  get edge(): EdgeKey {
    return this.proxy.edge;
  }
  get listen(): string {
    return this.proxy.listen;
  }
  get upstream(): string {
    return this.proxy.upstream;
  }
  get enabled(): boolean {
    return this.proxy.enabled;
  }
  get bytes(): ToxicProxy['bytes'] {
    return this.proxy.bytes;
  }
  get toxics(): readonly Toxic[] {
    return STREAMS.flatMap((stream) => this.state.entries.map(({ toxic }) => toxic).filter((toxic) => toxic.stream === stream));
  }

  /** Also what is about to act. */
  get unleased(): readonly UnleasedFault[] {
    const { entries, disabledSinceMs } = this.state;
    const common = { proxy: this.name, edge: this.edge };
    const disabled = disabledSinceMs === null ? [] : [{ ...common, toxic: null, sinceMs: disabledSinceMs }];
    return [...disabled, ...entries.map(({ toxic, sinceMs }) => ({ ...common, toxic, sinceMs }))];
  }

  /** Listens with all toxics on, or rejects with Node's error and leaves nothing. */
  async begin(toxics: readonly Toxic[], enabled: boolean): Promise<void> {
    const nowMs = this.parts.clock.wallMs();
    await this.record({ entries: toxics.map((toxic) => ({ toxic, sinceMs: nowMs })), disabledSinceMs: enabled ? null : nowMs });
    for (const toxic of toxics) this.act(toxic);
    if (!enabled) return;
    try {
      await this.proxy.open();
    } catch (error) {
      await this.record(NOTHING);
      throw error;
    }
  }

  find(toxic: string): Toxic | undefined {
    return this.state.entries.find((entry) => entry.toxic.name === toxic)?.toxic;
  }

  async add(toxic: Toxic): Promise<void> {
    await this.record({ ...this.state, entries: [...this.state.entries, { toxic, sinceMs: this.parts.clock.wallMs() }] });
    this.act(toxic);
  }

  /** The toxic with its name has other attributes from here on. */
  async change(toxic: Toxic): Promise<void> {
    await this.record({ ...this.state, entries: this.state.entries.map((entry) => (entry.toxic.name === toxic.name ? { ...entry, toxic } : entry)) });
    this.act(toxic);
  }

  async remove(toxic: string): Promise<void> {
    const lifted = this.proxy.lift(ruleId(toxic));
    await this.cease(lifted, { ...this.state, entries: this.state.entries.filter((entry) => entry.toxic.name !== toxic) });
  }

  async disable(): Promise<void> {
    if (this.state.disabledSinceMs !== null) return;
    await this.record({ ...this.state, disabledSinceMs: this.parts.clock.wallMs() });
    this.proxy.disable();
  }

  /** Rejects with Node's error when it cannot listen, and stays disabled. */
  async enable(): Promise<void> {
    if (this.proxy.enabled) return;
    await this.proxy.open();
    await this.record({ ...this.state, disabledSinceMs: null });
  }

  /** Enabled, and without toxics. Rejects when it cannot listen: the toxics are gone all the same. */
  async free(): Promise<void> {
    const lifted = Promise.all(this.state.entries.map(({ toxic }) => this.proxy.lift(ruleId(toxic.name))));
    await this.cease(lifted, { ...this.state, entries: [] });
    await this.enable();
  }

  /** The proxy is gone for good, with all that acted on it; what it was can still be read. */
  async close(): Promise<void> {
    await this.proxy.close();
    await this.parts.ledger.putUnleased(this.name, []);
  }

  private act(toxic: Toxic): void {
    this.proxy.apply({ faultId: ruleId(toxic.name), rule: compileToxic(toxic, seeded(Math.floor(this.parts.random() * 0x1_0000_0000))) });
  }

  // Known at once, so that whoever halts meanwhile sees it; what could not be written is not begun.
  private async record(next: Unleased): Promise<void> {
    const before = this.state;
    this.state = next;
    try {
      await this.parts.ledger.putUnleased(this.name, this.unleased);
    } catch (error) {
      this.state = before;
      throw error;
    }
  }

  // It acts no more, whatever the ledger says: a write that fails leaves too much in it, and that is the safe side.
  private async cease(ended: Promise<unknown>, next: Unleased): Promise<void> {
    this.state = next;
    const [over] = await Promise.allSettled([ended]);
    await this.parts.ledger.putUnleased(this.name, this.unleased);
    if (over.status === 'rejected') throw over.reason;
  }
}

function ruleId(toxic: string): string {
  return `toxic:${toxic}`;
}
