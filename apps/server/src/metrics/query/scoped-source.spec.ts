import { expect, it } from 'vitest';
import type { Matcher, SeriesQuery } from '#metrics';
import type { AnyOfMatchers, Cardinality, MetricSource } from '../metric-source.js';
import { scopedSource } from './scoped-source.js';

const SCOPE: readonly Matcher[] = [{ name: 'team', operator: '=', value: 'a' }];
const ASKED: Matcher = { name: 'team', operator: '=~', value: '.*' };
const SPAN = { fromMs: 0, toMs: 1 };
const signal = new AbortController().signal;

/** Notes the matchers that reach the store. */
class NotingSource implements MetricSource {
  readonly seen: AnyOfMatchers[] = [];

  async select({ matchers }: SeriesQuery): Promise<readonly never[]> {
    return this.note([matchers], []);
  }
  async series(matchers: AnyOfMatchers): Promise<{ readonly series: readonly never[]; readonly truncated: boolean }> {
    return this.note(matchers, { series: [], truncated: false });
  }
  async labelNames(matchers: AnyOfMatchers): Promise<readonly string[]> {
    return this.note(matchers, []);
  }
  async labelValues(_name: string, matchers: AnyOfMatchers): Promise<readonly string[]> {
    return this.note(matchers, []);
  }
  async metadata(matchers: AnyOfMatchers): Promise<ReadonlyMap<string, never>> {
    return this.note(matchers, new Map<string, never>());
  }
  async exemplars(matchers: AnyOfMatchers): Promise<readonly never[]> {
    return this.note(matchers, []);
  }
  async cardinality(matchers: AnyOfMatchers): Promise<Cardinality> {
    return this.note(matchers, { series: 0, labelPairs: 0, byMetric: [], valuesByLabel: [], seriesByPair: [], bytesByLabel: [] });
  }

  private note<Answer>(matchers: AnyOfMatchers, answer: Answer): Answer {
    this.seen.push(matchers);
    return answer;
  }
}

async function askAll(source: MetricSource, matchers: AnyOfMatchers): Promise<void> {
  await source.series(matchers, SPAN, 1, signal);
  await source.labelNames(matchers, SPAN, signal);
  await source.labelValues('x', matchers, SPAN, signal);
  await source.metadata(matchers, signal);
  await source.exemplars(matchers, SPAN, signal);
  await source.cardinality(matchers, 1, signal);
}

it('every question that reaches the store is held to the scope, also one for everything', async () => {
  const store = new NotingSource();
  const scoped = scopedSource(store, SCOPE);
  await scoped.select({ matchers: [ASKED], fromMs: 0, toMs: 1, hints: { stepMs: 0, function: null } }, signal);
  await askAll(scoped, [[ASKED], []]);
  await askAll(scoped, []);
  expect(store.seen).toEqual([[[ASKED, ...SCOPE]], ...Array(6).fill([[ASKED, ...SCOPE], SCOPE]), ...Array(6).fill([SCOPE])]);
});

it('without a scope the store is asked as it is', () => {
  const store = new NotingSource();
  expect(scopedSource(store, [])).toBe(store);
});
