import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MetricClient } from '../../test/support/metric-client.js';
import { waitUntil } from '../../test/support/wait-until.js';
import { ServiceMix, STEP_MS, type MixSeries } from './service-mix.js';
import { mixBody, mixText } from './service-mix-bodies.js';

const WINDOW_STEPS = 240;
// A week and a window more: queries over a week begin within the data.
const WINDOWS = 85;
const SERIES_A_REQUEST = 64;
export const WEEK_MS = WINDOWS * WINDOW_STEPS * STEP_MS;

/** Two hours of all series, the number of steps in `rows`. */
interface Window {
  readonly series: readonly MixSeries[];
  readonly rows: readonly Float64Array[];
  readonly firstMs: number;
}

type TakeWindow = (window: Window) => Promise<void>;

/** A week of ServiceMix from `firstMs` on, a multiple of two hours. Gives how many samples of how many series there were. */
export async function loadWeek(firstMs: number, takers: readonly TakeWindow[]): Promise<{ readonly samples: number; readonly series: number }> {
  const mix = new ServiceMix();
  let samples = 0;
  for (let i = 0; i < WINDOWS; i += 1) {
    const window = { series: mix.series, rows: mix.next(WINDOW_STEPS), firstMs: firstMs + i * WINDOW_STEPS * STEP_MS };
    await Promise.all(takers.map((take) => take(window)));
    samples += window.rows.reduce((sum, row) => sum + row.filter((value) => !Number.isNaN(value)).length, 0);
  }
  return { samples, series: mix.series.length };
}

/** By remote write 2.0. */
export function intoFaultline(client: MetricClient): TakeWindow {
  return async ({ series, rows, firstMs }) => {
    for (let from = 0; from < series.length; from += SERIES_A_REQUEST) {
      const to = from + SERIES_A_REQUEST;
      const body = mixBody(series.slice(from, to), rows.slice(from, to), { firstMs, stepMs: STEP_MS });
      await waitUntil('the window is written', async () => requireTaken(await client.writeBody(2, body)));
    }
  };
}

/** Refused for now means again; refused for good is an error. */
function requireTaken({ status, text }: { readonly status: number; readonly text: string }): boolean {
  if (status !== 204 && status !== 503) throw new Error(`answered ${status}: ${text}`);
  return status === 204;
}

/** As blocks that promtool makes in the folder `dataDir`. */
export function intoBlocks(dataDir: string): TakeWindow {
  return async ({ series, rows, firstMs }) => {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-bench-week-'));
    const file = join(folder, 'window.om');
    const order = series.map((_, i) => i).sort((one, other) => (series[one]!.labels['__name__']! < series[other]!.labels['__name__']! ? -1 : 1));
    await writeAll(file, [mixText(order.map((i) => series[i]!), order.map((i) => rows[i]!), { firstMs, stepMs: STEP_MS }), '# EOF\n']);
    await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', file, dataDir]);
    await rm(folder, { recursive: true });
  };
}

function writeAll(file: string, texts: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = createWriteStream(file).on('error', reject).on('finish', resolve);
    for (const text of texts) stream.write(text);
    stream.end();
  });
}
