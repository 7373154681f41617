import type { MetricMetadata } from '#metrics';

// As long as in Prometheus: a family that is exposed now and then keeps its text.
const KEPT_SCRAPES = 10;
// A target that names new families in each scrape must not fill the memory with old ones.
const MAX_UNSEEN = 10_000;

interface SaidFamily {
  readonly metadata: MetricMetadata;
  seenIn: number;
}

/** What a target says of its metric families. */
export class TargetFamilies {
  private readonly said = new Map<string, SaidFamily>();

  *entries(): Iterable<readonly [family: string, metadata: MetricMetadata]> {
    for (const [family, { metadata }] of this.said) yield [family, metadata];
  }

  /** Those of `now` that were not said before, or otherwise. */
  news(now: ReadonlyMap<string, MetricMetadata>): Map<string, MetricMetadata> {
    return new Map([...now].filter(([family, metadata]) => !same(this.said.get(family)?.metadata, metadata)));
  }

  learn(now: ReadonlyMap<string, MetricMetadata>, scrape: number): void {
    for (const [family, metadata] of now) this.said.set(family, { metadata, seenIn: scrape });
    if (this.said.size === now.size) return;
    const crowded = this.said.size > now.size + MAX_UNSEEN;
    for (const [family, { seenIn }] of this.said) if (seenIn < (crowded ? scrape : scrape - KEPT_SCRAPES)) this.said.delete(family);
  }
}

function same(one: MetricMetadata | undefined, other: MetricMetadata): boolean {
  return one !== undefined && one.type === other.type && one.unit === other.unit && one.help === other.help;
}
