import { describe, expect, it } from 'vitest';
import { samplesOf } from '../../metrics/sample-sink.fixture.js';
import { settled } from '../scrape-clock.fixture.js';
import { jobsOf, scrapeWorld, silence, textAnswer } from './scrape-world.fixture.js';

const INTERVAL_MS = 10_000;
const yaml = (...jobs: string[]): string => `global: {scrape_interval: 10s, scrape_timeout: 4s}\nscrape_configs:\n${jobs.map((job) => `  - ${job}\n`).join('')}`;
const job = (name: string, targets: string, more = ''): string => `{job_name: ${name}, static_configs: [{targets: [${targets}]}]${more}}`;

async function running(...jobs: string[]) {
  const world = scrapeWorld();
  const apply = async (...next: string[]): Promise<void> => {
    world.set.apply(await jobsOf(yaml(...next)));
    await settled();
  };
  await apply(...jobs);
  const loops = () => [...world.set.pools.values()].flatMap((pool) => pool.loops);
  /** To the moment of the first target's next scrape. */
  const toTick = (): Promise<void> => world.clock.advance(loops()[0]!.nextTickMs() - world.clock.wallMs());
  return { ...world, apply, loops, toTick };
}

/** Samples without labels and the report but `up`: `a 1`. */
const short = (samples: string[]): string[] => samples.map((sample) => sample.replace(/{.*}/, '').replace(/ @\d+$/, '')).filter((sample) => !sample.startsWith('scrape_'));
const ups = (samples: string[]): string[] => samples.filter((sample) => sample.startsWith('up')).map((sample) => sample.replace(/ @.*/, ''));

describe('scraping', () => {
  it('asks each target once an interval, at its own moment, with aligned timestamps', async () => {
    const { clock, sink, network } = await running(job('j', 'a, b, c'));
    for (const host of ['a', 'b', 'c']) network.says(host, 'x 1\n');
    await clock.advance(3 * INTERVAL_MS);
    expect(sink.batches).toHaveLength(9);
    const times = sink.batches.map(({ timesMs }) => timesMs[0]!);
    expect(new Set(times.map((timeMs) => timeMs % INTERVAL_MS)).size).toBe(3);
    for (const [i, timeMs] of times.slice(0, 6).entries()) expect(times[i + 3]).toBe(timeMs + INTERVAL_MS);
    expect(network.requests[0]).toMatchObject({ headers: { 'x-prometheus-scrape-timeout-seconds': '4', 'accept-encoding': 'gzip' } });
  });

  it('gives a target that is slow its timeout, and ends its series', async () => {
    const { clock, sink, network, loops, toTick } = await running(job('j', 'a'));
    network.says('a', 'x 1\n');
    await toTick();
    network.says('a', silence);
    await toTick();
    expect(short(sink.take())).toEqual(['x 1', 'up 1']);
    await clock.advance(4_000);
    expect(short(sink.take())).toEqual(['x stale', 'up 0']);
    expect(loops()[0]?.status).toMatchObject({ health: 'down', lastDurationMs: 4_000, problem: { message: 'scrape timeout: no complete answer within 4000 ms' } });
  });

  it('knows since when a target fails, and forgets it when it is well', async () => {
    const { clock, network, loops } = await running(job('j', 'a'));
    expect(loops()[0]?.status).toEqual({ health: 'unknown', lastScrapeMs: null, lastDurationMs: 0, lastSamples: 0, problem: null });
    await clock.advance(INTERVAL_MS);
    const firstMs = loops()[0]!.status.lastScrapeMs!;
    await clock.advance(2 * INTERVAL_MS);
    expect(loops()[0]?.status).toMatchObject({ health: 'down', lastScrapeMs: firstMs + 2 * INTERVAL_MS, problem: { message: 'connect ECONNREFUSED a', sinceMs: firstMs } });
    network.says('a', 'x 1\ny 1\n');
    await clock.advance(INTERVAL_MS);
    expect(loops()[0]?.status).toMatchObject({ health: 'up', lastSamples: 2, problem: null });
  });

  it('says what no answer is', async () => {
    const { clock, network, loops } = await running(job('j', 'a'));
    const problems: (string | undefined)[] = [];
    for (const answer of [{ status: 503, statusText: 'Busy' }, { contentType: 'text/html' }, { contentType: null }, { body: new TextEncoder().encode('x\n') }]) {
      network.says('a', () => textAnswer('x 1\n', answer));
      await clock.advance(INTERVAL_MS);
      problems.push(loops()[0]?.status.problem?.message);
    }
    expect(problems).toEqual([
      'server returned HTTP status 503 Busy',
      'the Content-Type "text/html" is none that can be read, and there is no fallback_scrape_protocol',
      'the answer has no Content-Type, and there is no fallback_scrape_protocol',
      expect.stringMatching(/^Line 1, column 2: /),
    ]);
  });

  it('goes on when the store does not, and says again what it did not take', async () => {
    const { clock, sink, network, loops, outcomes } = await running(job('j', 'a'));
    network.says('a', 'x 1\ny 1\n');
    await clock.advance(INTERVAL_MS);
    sink.take();
    sink.failure = new Error('no space');
    network.says('a', 'x 2\n');
    await clock.advance(INTERVAL_MS);
    expect(loops()[0]?.status).toMatchObject({ health: 'up', problem: { message: 'the samples were not stored: no space' } });
    sink.failure = null;
    await clock.advance(INTERVAL_MS);
    expect(short(sink.take())).toEqual(['x 2', 'y stale', 'up 1']);
    expect(outcomes.map(({ up, problem }) => [up, problem === null])).toEqual([[true, true], [true, false], [true, true]]);
  });

  it('does not ask again while it waits for the store, and then makes up for one tick', async () => {
    const { clock, sink, network } = await running(job('j', 'a'));
    network.says('a', 'x 1\n');
    const append = sink.append.bind(sink);
    let release: () => void = () => undefined;
    sink.append = async (batch) => {
      await new Promise<void>((resolve) => (release = resolve));
      await append(batch);
    };
    await clock.advance(INTERVAL_MS);
    await clock.advance(3.5 * INTERVAL_MS);
    expect(network.requests).toHaveLength(1);
    sink.append = append;
    release();
    await clock.advance(0);
    expect(network.requests).toHaveLength(2);
    await clock.advance(INTERVAL_MS);
    expect(network.requests).toHaveLength(3);
  });

  it('asks none of more targets than the job may have', async () => {
    const { clock, sink, network, apply } = await running(job('j', 'a, b', ', target_limit: 1'));
    network.says('a', 'x 1\n');
    await clock.advance(INTERVAL_MS);
    expect([network.requests.length, ups(sink.take()).sort()]).toEqual([0, ['up{instance="a",job="j"} 0', 'up{instance="b",job="j"} 0']]);
    await apply(job('j', 'a', ', target_limit: 1'));
    await clock.advance(INTERVAL_MS);
    expect(ups(sink.take())).toContain('up{instance="a",job="j"} 1');
  });

  it('holds on to its moments when clocks are set', async () => {
    const { clock, sink, network } = await running(job('j', 'a'));
    network.says('a', 'x 1\n');
    await clock.advance(INTERVAL_MS);
    const phaseMs = sink.last.timesMs[0]! % INTERVAL_MS;
    for (const jumpMs of [-3_600_000, 7_200_000, -4_321, 4_321]) {
      clock.setWall(clock.wallMs() + jumpMs);
      await clock.advance(2 * INTERVAL_MS + 10);
      expect(sink.last.timesMs[0]! % INTERVAL_MS).toBe(phaseMs);
    }
  });
});

describe('a target that goes', () => {
  it('has its series ended after it had time to come back', async () => {
    const { clock, sink, network, apply, toTick } = await running(job('j', 'a'));
    network.says('a', 'x 1\n');
    await toTick();
    const lastMs = sink.last.timesMs[0]!;
    sink.take();
    await apply(job('j', 'b'));
    await clock.advance(2.1 * INTERVAL_MS - 1);
    expect(sink.take().filter((sample) => sample.includes('"a"'))).toEqual([]);
    await clock.advance(1);
    expect(sink.take().filter((sample) => sample.includes('"a"')).map((sample) => sample.replace(/{.*}/, ''))).toEqual(
      ['x', 'up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling', 'scrape_series_added'].map((name) => `${name} stale @${lastMs + INTERVAL_MS}`),
    );
    await clock.advance(10 * INTERVAL_MS);
    expect(sink.take().filter((sample) => sample.includes('"a"'))).toEqual([]);
  });

  it('leaves nothing when it was never asked', async () => {
    const { clock, sink, apply } = await running(job('j', 'a'));
    await apply();
    await clock.advance(5 * INTERVAL_MS);
    expect([sink.batches, clock.pending]).toEqual([[], 0]);
  });

  it('goes on as if nothing had been when it comes back in time', async () => {
    const { clock, sink, network, apply, loops } = await running(job('j', 'a'));
    network.says('a', 'x 1\ny 1\n');
    await clock.advance(INTERVAL_MS);
    const [first] = sink.batches;
    await apply();
    await clock.advance(INTERVAL_MS / 2);
    network.says('a', 'x 2\n');
    await apply(job('j', 'a'));
    expect([loops()[0]?.status.health, clock.pending]).toEqual(['up', 1]);
    sink.take();
    await clock.advance(INTERVAL_MS);
    expect(sink.last.series[0]).toBe(first!.series[0]);
    expect(short(sink.take())).toEqual(['x 2', 'y stale', 'up 1']);
    await clock.advance(5 * INTERVAL_MS);
    expect(sink.take().filter((sample) => sample.includes('stale'))).toEqual([]);
  });

  it('ends with everything, at once, when scraping ends', async () => {
    const { clock, sink, network, apply, set, toTick } = await running(job('j', 'a'), job('k', 'b'));
    network.says('a', 'x 1\n');
    network.says('b', 'y 1\n');
    await clock.advance(INTERVAL_MS);
    await apply(job('k', 'b'));
    sink.take();
    network.says('b', silence);
    await toTick();
    await set.end();
    expect(short(sink.batches.flatMap(samplesOf)).sort()).toEqual(['up stale', 'up stale', 'x stale', 'y stale']);
    for (const { timesMs } of sink.batches) expect(timesMs[0]).toBeLessThanOrEqual(clock.wallMs());
    expect(clock.pending).toBe(0);
  });

  it('is told of when its end is not stored', async () => {
    const { clock, sink, network, set, warnings } = await running(job('j', 'a'));
    network.says('a', 'x 1\n');
    await clock.advance(INTERVAL_MS);
    sink.failure = new Error('no space');
    await set.end();
    expect(warnings).toEqual(['the end of the series of http://a/metrics was not stored: no space']);
  });

  it('does not hold up the end when the store does not answer', async () => {
    const { clock, sink, network, set } = await running(job('j', 'a'));
    network.says('a', 'x 1\n');
    await clock.advance(INTERVAL_MS);
    sink.append = () => new Promise(() => undefined);
    const ended = set.end();
    await clock.advance(2_000);
    await expect(ended).resolves.toBeUndefined();
  });
});

describe('another configuration', () => {
  it('leaves loops alone whose targets it does not change', async () => {
    const { network, clock, apply, loops } = await running(job('j', 'a, b', ', sample_limit: 5'), job('k', 'c'));
    for (const host of ['a', 'b', 'c']) network.says(host, 'x 1\n');
    await clock.advance(INTERVAL_MS);
    const before = loops();
    await apply(job('j', 'b, d', ', sample_limit: 5, keep_dropped_targets: 3'), job('k', 'c'), job('l', 'e'));
    expect(loops().filter((loop) => before.includes(loop)).map(({ spec }) => spec.url.host)).toEqual(['b', 'c']);
    expect(loops().map(({ spec }) => spec.url.host).sort()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('of how to scrape takes effect at the next tick, without an end of series', async () => {
    const { network, clock, sink, apply, loops } = await running(job('j', 'a'));
    network.says('a', 'x 1\ny 1\n');
    await clock.advance(INTERVAL_MS);
    const [old] = loops();
    const lastMs = sink.last.timesMs[0]!;
    sink.take();
    await apply(job('j', 'a', ', bearer_token: t, metric_relabel_configs: [{action: drop, source_labels: [__name__], regex: y}]'));
    expect(loops()[0]).not.toBe(old);
    await clock.advance(INTERVAL_MS);
    expect(sink.last.timesMs[0]).toBe(lastMs + INTERVAL_MS);
    expect(short(sink.take())).toEqual(['x 1', 'y stale', 'up 1']);
    expect(network.closed).toEqual([0]);
  });

  it('waits for the scrape under way', async () => {
    const { network, clock, sink, apply } = await running(job('j', 'a'));
    let answer: () => void = () => undefined;
    network.says('a', () => new Promise((resolve) => (answer = () => resolve(textAnswer('x 1\n')))));
    await clock.advance(INTERVAL_MS);
    await apply(job('j', 'a', ', bearer_token: t'));
    expect([sink.batches.length, network.closed]).toEqual([0, []]);
    answer();
    await settled();
    expect([short(sink.take()), network.closed]).toEqual([['x 1', 'up 1'], [0]]);
    network.says('a', 'x 2\n');
    await clock.advance(INTERVAL_MS);
    expect(short(sink.take())).toEqual(['x 2', 'up 1']);
  });

  it('keeps targets that a new discovery has yet to find', async () => {
    const { network, clock, apply, loops } = await running(job('j', 'a'));
    let answer: (text: string) => void = () => undefined;
    network.says('sd', () => new Promise((resolve) => (answer = (text) => resolve(textAnswer(text, { contentType: 'application/json' })))));
    await clock.advance(INTERVAL_MS);
    const [loop] = loops();
    await apply('{job_name: j, http_sd_configs: [{url: "http://sd/"}]}');
    expect(loops()).toEqual([loop]);
    answer('[{"targets": ["b"]}]');
    await settled();
    expect(loops().map(({ spec }) => spec.url.host)).toEqual(['b']);
  });
});

describe('what a job knows', () => {
  it('are targets that are dropped, unusable, or found twice', async () => {
    const more = ', keep_dropped_targets: 1, relabel_configs: [{action: drop, source_labels: [__address__], regex: "drop.*"}]';
    const { set, loops } = await running(job('j', 'a, a, drop1, drop2, "http://x", ""', more));
    const { found } = set.pools.get('j')!;
    expect(loops()).toHaveLength(1);
    expect([found.dropped.length, found.droppedCount]).toEqual([1, 2]);
    expect(found.unusable.map(({ problem }) => problem)).toEqual(['"http://x" is not a valid hostname', 'no address']);
  });

  it('is how its discoveries fare', async () => {
    const { set, clock } = await running('{job_name: j, http_sd_configs: [{url: "http://sd/"}], static_configs: [{targets: [a]}]}');
    expect(set.pools.get('j')?.discoveryStatuses).toEqual([
      { kind: 'static', problem: null },
      { kind: 'http', problem: { message: 'connect ECONNREFUSED sd', sinceMs: clock.wallMs() } },
    ]);
  });
});
