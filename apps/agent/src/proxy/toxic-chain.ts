import { STREAMS } from '#contracts';
import type { Toxic, UnleasedFault } from '#contracts';
import { compileToxic, seeded } from '#faults';
import type { Clock } from '../clock.js';
import type { EdgeProxy } from './edge-proxy.js';

interface Entry {
  readonly toxic: Toxic;
  readonly sinceMs: number;
}

/** The toxics of one proxy, in the order in which they were added, each as a rule on its edge. */
export class ToxicChain {
  private entries: readonly Entry[] = [];
  private disabledSinceMs: number | null = null;

  constructor(
    private readonly proxy: string,
    private readonly edge: EdgeProxy,
    private readonly from: { readonly clock: Clock; readonly random: () => number },
  ) {}

  /** Upstream toxics first, then downstream, as Toxiproxy lists them. */
  get toxics(): readonly Toxic[] {
    return STREAMS.flatMap((stream) => this.entries.map(({ toxic }) => toxic).filter((toxic) => toxic.stream === stream));
  }

  find(name: string): Toxic | undefined {
    return this.entries.find(({ toxic }) => toxic.name === name)?.toxic;
  }

  /** What has no lease here, as it would be with `toxics` in place of the present ones. */
  unleased(toxics: readonly Toxic[], enabled: boolean): UnleasedFault[] {
    const since = (name: string): number => this.entries.find(({ toxic }) => toxic.name === name)?.sinceMs ?? this.from.clock.wallMs();
    const common = { proxy: this.proxy, edge: this.edge.edge };
    this.disabledSinceMs = enabled ? null : (this.disabledSinceMs ?? this.from.clock.wallMs());
    const disabled = this.disabledSinceMs === null ? [] : [{ ...common, toxic: null, sinceMs: this.disabledSinceMs }];
    return [...disabled, ...toxics.map((toxic) => ({ ...common, toxic, sinceMs: since(toxic.name) }))];
  }

  /** Puts a toxic at the end of the chain, or in the place of the one with its name. */
  put(toxic: Toxic): void {
    const entry: Entry = { toxic, sinceMs: this.from.clock.wallMs() };
    const place = this.entries.findIndex((known) => known.toxic.name === toxic.name);
    this.entries = place < 0 ? [...this.entries, entry] : this.entries.with(place, { toxic, sinceMs: this.entries[place]!.sinceMs });
    this.edge.apply({ faultId: ruleId(toxic.name), rule: compileToxic(toxic, seeded(Math.floor(this.from.random() * 0x1_0000_0000))) });
  }

  async remove(name: string): Promise<void> {
    this.entries = this.entries.filter(({ toxic }) => toxic.name !== name);
    await this.edge.lift(ruleId(name));
  }

  async clear(): Promise<void> {
    for (const { toxic } of this.entries) await this.remove(toxic.name);
  }
}

function ruleId(toxic: string): string {
  return `toxic:${toxic}`;
}
