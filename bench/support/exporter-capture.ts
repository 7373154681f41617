import { setTimeout as sleep } from 'node:timers/promises';
import { ExpositionReader } from '#metrics';
import { GRID_STEP_MS, gridStartMs, type DataSeries, type DataSet } from './data-set.js';

interface Captured {
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: number[];
  readonly values: number[];
}

const JOB = 'node';

/**
 * Asks an exporter `scrapes` times, one every `everyMs`, and keeps what it said as if it had been asked every 15 s: the values are real, the time is not. It changes less between two
 * scrapes than in 15 s, for every store alike. An exporter that is slow is asked less often; no scrape is left out.
 */
export async function captureExporter(url: string, { scrapes, everyMs }: { readonly scrapes: number; readonly everyMs: number }): Promise<DataSet> {
  const reader = new ExpositionReader({ seed: { low: 1, high: 2 } });
  const all = new Map<string, Captured>();
  const startMs = gridStartMs(scrapes, Date.now());
  for (let scrape = 0; scrape < scrapes; scrape += 1) {
    const next = sleep(everyMs);
    const body = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const timeMs = startMs + scrape * GRID_STEP_MS;
    reader.read(body, 'prometheus-text', {
      family: () => undefined,
      sample: (line) => {
        const series = seriesOf(all, `${line.keyHigh}/${line.keyLow}`, () => line.labels());
        series.timesMs.push(timeMs);
        series.values.push(line.value);
      },
    });
    await next;
  }
  return { name: 'node exporter', job: JOB, series: [...all.values()] satisfies DataSeries[] };
}

function seriesOf(all: Map<string, Captured>, key: string, labels: () => readonly { readonly name: string; readonly value: string }[]): Captured {
  const known = all.get(key);
  if (known !== undefined) return known;
  const named = Object.fromEntries(labels().map(({ name, value }) => [name, value]));
  const made = { labels: { ...named, job: JOB, instance: '10.0.0.7:9100' }, timesMs: [], values: [] };
  all.set(key, made);
  return made;
}
