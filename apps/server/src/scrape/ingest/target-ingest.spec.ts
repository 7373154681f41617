import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsFromPairs } from '#metrics';
import type { ExpositionFormat } from '#metrics';
import { staticJob } from '../config/static-job.js';
import type { ScrapeJob } from '../config/scrape-config.js';
import { exposedOf, samplesOf, seriesText } from '../../metrics/sample-sink.fixture.js';
import type { SampleBatch } from '../../metrics/sample-sink.js';
import { expositionReader } from './read-exposition.js';
import { TargetIngest } from './target-ingest.js';
import type { ScrapeDraft } from './target-ingest.js';
import { TargetMemory } from './target-memory.js';

const JOB = staticJob({ name: 'j', targets: [], intervalMs: 15_000, metricsPath: '/metrics', bearerToken: null, labels: new Map() });
const LABELS = labelsFromPairs([['job', 'j'], ['instance', 'h:1']]);
const NOW_MS = 1_000_000;

class Target {
  timeMs = NOW_MS;
  readonly memory: TargetMemory;
  private readonly ingest: TargetIngest;

  constructor(job: Partial<ScrapeJob> = {}, { memory = new TargetMemory(), labels = LABELS } = {}) {
    this.memory = memory;
    this.ingest = new TargetIngest({ id: 't', labels, timeoutMs: 10_000 }, { ...JOB, ...job }, memory, expositionReader());
  }

  read(text: string, format: ExpositionFormat = 'prometheus-text'): ScrapeDraft {
    return this.ingest.read({ bytes: new TextEncoder().encode(text), format }, (this.timeMs += 15_000));
  }

  scrape(text: string, { stored = true, format = 'prometheus-text' as ExpositionFormat } = {}): SampleBatch {
    const draft = this.read(text, format);
    const batch = this.ingest.batchOf(draft, this.timeMs, { up: draft.problem === null, durationSec: 0.5, ...draft.counts, bodyBytes: text.length });
    if (stored) this.ingest.stored(draft);
    else this.ingest.notStored(draft);
    return batch;
  }

  /** Samples of the target's own, without the times, which are all the scrape's. */
  exposed(text: string, options: Parameters<Target['scrape']>[1] = {}): string[] {
    return exposedOf(this.scrape(text, options)).map((sample) => sample.replace(` @${this.timeMs}`, '').replace('instance="h:1",job="j"', ''));
  }

  lastBatch(): SampleBatch {
    return this.ingest.lastBatch((this.timeMs += 15_000));
  }
}

describe('what a body comes to', () => {
  it('is its samples under the labels of the target, and the report', () => {
    expect(samplesOf(new Target().scrape('a{x="1"} 2\nb 3\n'))).toEqual([
      'a{instance="h:1",job="j",x="1"} 2 @1015000',
      'b{instance="h:1",job="j"} 3 @1015000',
      'up{instance="h:1",job="j"} 1 @1015000',
      'scrape_duration_seconds{instance="h:1",job="j"} some @1015000',
      'scrape_samples_scraped{instance="h:1",job="j"} 2 @1015000',
      'scrape_samples_post_metric_relabeling{instance="h:1",job="j"} 2 @1015000',
      'scrape_series_added{instance="h:1",job="j"} 2 @1015000',
    ]);
  });

  it('has the extra report where it is asked for', () => {
    const batch = new Target({ extraMetrics: true, limits: { ...JOB.limits, samples: 7 } }).scrape('a 2\n');
    expect(samplesOf(batch).slice(-3).map((sample) => sample.replace(/{.*}/, ''))).toEqual(['scrape_timeout_seconds 10 @1015000', 'scrape_sample_limit 7 @1015000', 'scrape_body_size_bytes 4 @1015000']);
  });

  it('brings the same object for a series in each scrape, however it is spelt', () => {
    const target = new Target();
    const [first, second] = [target.scrape('a{x="1",y="2"} 1\n'), target.scrape('a{ y="2", x="1" } 1\n')];
    expect(second.series[0]).toBe(first.series[0]);
    expect(exposedOf(second)).toHaveLength(1);
  });

  it('counts series as added only when they are new', () => {
    const target = new Target();
    expect(target.read('a 1\nb 1\n').counts).toEqual({ scraped: 2, kept: 2, seriesAdded: 2 });
    expect(target.read('a 1\nc 1\n').counts).toEqual({ scraped: 2, kept: 2, seriesAdded: 1 });
  });

  it('keeps the first of two samples for one moment', () => {
    expect(new Target().exposed('a 1\na 2\na{} 3\n')).toEqual(['a{} 1']);
    expect(new Target().read('a 1\na 2\n').counts).toEqual({ scraped: 2, kept: 2, seriesAdded: 1 });
  });

  it('leaves out samples too far ahead, and takes times of the target where they are to be honoured', () => {
    const text = `a 1 ${NOW_MS - 5}\nb 1 ${NOW_MS + 15_000 + 600_001}\nc 1 9223372036854000000\nd 1 -9223372036854000000\n`;
    expect(exposedOf(new Target().scrape(text))).toEqual(['a{instance="h:1",job="j"} 1 @999995']);
    expect(exposedOf(new Target({ honorTimestamps: false }).scrape('a 1 5\n'))).toEqual(['a{instance="h:1",job="j"} 1 @1015000']);
  });

  it('has exemplars with the time of their sample where they have none', () => {
    const { exemplars } = new Target().scrape('# TYPE a counter\na_total 1 # {t="1"} 0.5\nb_total 1 # {t="2"} 0.25 1.5\n# EOF\n', { format: 'openmetrics-text' });
    expect(exemplars.map(({ series, labels, value, timeMs }) => [seriesText(series.labels), seriesText(labels), value, timeMs])).toEqual([
      ['a_total{instance="h:1",job="j"}', '{t="1"}', 0.5, 1_015_000],
      ['b_total{instance="h:1",job="j"}', '{t="2"}', 0.25, 1_500],
    ]);
  });

  it('tells of families only what is new', () => {
    const target = new Target();
    expect([...target.scrape('# TYPE a counter\n# HELP a x\na 1\n').families]).toEqual([['a', { type: 'counter', help: 'x', unit: '' }]]);
    expect([...target.scrape('# TYPE a counter\n# HELP a x\na 1\n').families]).toEqual([]);
    expect([...target.scrape('# TYPE a gauge\n# HELP a x\na 1\n', { stored: false }).families]).toHaveLength(1);
    expect([...target.scrape('# TYPE a gauge\n# HELP a x\na 1\n').families]).toHaveLength(1);
  });
});

describe('labels', () => {
  const labels = labelsFromPairs([['job', 'j'], ['instance', 'h:1'], ['x', 'target']]);

  it('of the target win, unless those of the series are to be honoured', () => {
    const text = 'a{x="own",exported_x="older",job=""} 1\n';
    expect(exposedOf(new Target({}, { labels }).scrape(text))).toEqual(['a{exported_exported_x="own",exported_x="older",instance="h:1",job="j",x="target"} 1 @1015000']);
    expect(exposedOf(new Target({ honorLabels: true }, { labels }).scrape(text))).toEqual(['a{exported_x="older",instance="h:1",job="j",x="own"} 1 @1015000']);
  });
});

describe('the end of a series', () => {
  it('is marked once, when a scrape does not bring it', () => {
    const target = new Target();
    target.scrape('a 1\nb 1\n');
    expect(target.exposed('b 2\n')).toEqual(['b{} 2', 'a{} stale']);
    expect(target.exposed('b 3\n')).toEqual(['b{} 3']);
  });

  it('is marked for all when the scrape fails, even at the last line, and when the body is empty', () => {
    for (const text of ['b 2\na 1 1 1 1\n', 'b 2\na one\n', '']) {
      const target = new Target();
      target.scrape('a 1\nb 1\n');
      expect(target.exposed(text)).toEqual(['a{} stale', 'b{} stale']);
      expect(target.exposed('b 2\n')).toEqual(['b{} 2']);
    }
  });

  it('is not marked for samples with times of their own, unless asked', () => {
    for (const [trackTimestampsStaleness, marked] of [[false, []], [true, ['a{} stale']]] as const) {
      const target = new Target({ trackTimestampsStaleness });
      target.scrape(`a 1 ${NOW_MS}\n`);
      expect(target.exposed('')).toEqual(marked);
    }
  });

  it('is marked again when the marker was not stored', () => {
    const target = new Target();
    target.scrape('a 1\nb 1\n');
    target.scrape('b 2\nc 2\n', { stored: false });
    expect(target.exposed('b 3\n')).toEqual(['b{} 3', 'a{} stale', 'c{} stale']);
    expect(target.exposed('b 4\n')).toEqual(['b{} 4']);
  });

  it('is marked for all with the report at the end of the target, if it ever began', () => {
    const target = new Target();
    expect(target.lastBatch().series).toEqual([]);
    target.scrape('a 1\n');
    expect(samplesOf(target.lastBatch()).map((sample) => sample.replace(/{.*}/, ''))).toEqual(
      ['a', 'up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling', 'scrape_series_added'].map((name) => `${name} stale @1045000`),
    );
  });

  it('comes at once for what other rules leave out, when they follow on the same memory', () => {
    const before = new Target();
    before.scrape('a 1\nb 1\n');
    const after = new Target({ metricRules: [{ action: 'drop', sourceLabels: ['__name__'], separator: ';', regex: 'a', targetLabel: '', replacement: '$1', modulus: 0 }] }, before);
    expect(after.exposed('a 1\nb 1\n')).toEqual(['b{} 1', 'a{} stale']);
  });
});

describe('limits', () => {
  const limited = (limits: Partial<ScrapeJob['limits']>, more: Partial<ScrapeJob> = {}): Target => new Target({ limits: { ...JOB.limits, ...limits }, ...more });
  const dropA: ScrapeJob['metricRules'] = [{ action: 'drop', sourceLabels: ['__name__'], separator: ';', regex: 'a.*', targetLabel: '', replacement: '$1', modulus: 0 }];

  it('on samples fail the scrape as a whole, and say by how much', () => {
    const { problem, counts, awaited } = limited({ samples: 2 }).read('a 1\nb 1\nc 1\nd{x="1"} 1\n');
    expect({ problem, counts, awaited }).toEqual({ problem: 'sample limit exceeded (samples: 4, limit: 2)', counts: { scraped: 4, kept: 4, seriesAdded: 3 }, awaited: [] });
  });

  it('on samples count what relabelling leaves', () => {
    const target = limited({ samples: 2 }, { metricRules: dropA });
    expect(target.read('a1 1\na2 1\nb 1\nc 1\n')).toMatchObject({ problem: null, counts: { scraped: 4, kept: 2 } });
    expect(target.read('b 1\nc 1\nd 1\na3 1\ne 1\n')).toMatchObject({ problem: 'sample limit exceeded (samples: 4, limit: 2)', counts: { scraped: 5, kept: 4 } });
  });

  it.each([
    [{ labels: 4 }, 'a{x="1",y="2"} 1\n', 'label_limit exceeded (metric: a, number of labels: 5, limit: 4)'],
    [{ labelNameBytes: 8 }, 'a{häßlich="1"} 1\n', 'label_name_length_limit exceeded (metric: a, label name: häßlich, length: 9, limit: 8)'],
    [{ labelValueBytes: 3 }, 'a{x="four"} 1\n', 'label_value_length_limit exceeded (metric: a, label name: x, value: "four", length: 4, limit: 3)'],
  ])('%j fail the scrape', (limits, line, problem) => {
    const target = limited(limits);
    expect(target.read(line.replace('häßlich', '"häßlich"')).problem).toBe(problem);
    expect(target.exposed(`b 1\n${line.replace('häßlich', '"häßlich"')}`)).toEqual([]);
  });

  it('on names hold where old names are asked for, and a name there must be', () => {
    expect(limited({}, { legacyNames: true }).read('{"a.b"} 1\n').problem).toBe('invalid metric name or label names: a.b');
    const rules: ScrapeJob['metricRules'] = [{ action: 'labeldrop', sourceLabels: [], separator: ';', regex: '__name__', targetLabel: '', replacement: '$1', modulus: 0 }];
    expect(new Target({ metricRules: rules }).read('a 1\n').problem).toBe('missing metric name (__name__ label)');
  });
});

describe('what is remembered', () => {
  it('are lines of the last two scrapes with a body', () => {
    const target = new Target();
    const lines = (from: number): string => Array.from({ length: 100 }, (_, i) => `a{x="${from + i}"} 1\n`).join('');
    for (let from = 0; from < 1_000; from += 100) target.scrape(lines(from));
    expect(target.memory.book.size).toBe(200);
  });

  it('is bounded when every scrape fails with other series', () => {
    const target = new Target();
    for (let round = 0; round < 30; round++) target.scrape(`${Array.from({ length: 100 }, (_, i) => `a{x="${round}.${i}"} 1\n`).join('')}!\n`);
    expect(target.memory.book.size).toBeLessThanOrEqual(1_100);
  });

  it('makes no difference to what comes of a body (200 runs)', () => {
    const line = fc.record({ name: fc.constantFrom('a', 'b', 'c', '{"d"}', '!'), value: fc.integer({ min: 0, max: 9 }), own: fc.constantFrom('', ' 1000000') });
    const body = fc.array(line, { maxLength: 6 }).map((lines) => lines.map(({ name, value, own }) => `${name} ${value}${own}\n`).join(''));
    fc.assert(
      fc.property(fc.array(body, { maxLength: 8 }), (bodies) => {
        const [old, labels] = [new Target(), new Set<string>()];
        for (const text of bodies) {
          const fresh = new Target();
          fresh.timeMs = old.timeMs;
          const [got, expected] = [old.exposed(text), fresh.exposed(text)];
          // All but the markers, which are for what was there before, or nothing.
          expect(got.filter((sample) => !sample.includes('stale'))).toEqual(expected);
          for (const sample of got.filter((each) => each.includes('stale'))) expect(labels).toContain(sample.split(' ')[0]);
          for (const sample of expected) labels.add(sample.split(' ')[0]!);
        }
      }),
      { numRuns: 200 },
    );
  });
});
