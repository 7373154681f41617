import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { DataSeries, DataSet } from './data-set.js';

export interface TsdbSize {
  readonly version: string;
  /** By the kind of file: chunks, index, and the small rest. */
  readonly bytes: Readonly<Record<string, number>>;
}

const MS_A_SEC = 1_000;
// As large as Prometheus itself makes them of a day: fewer blocks repeat less of the index.
const MAX_BLOCK = '18h';

/** Blocks of Prometheus' own store with these very samples, made by promtool; null where there is none. */
export async function tsdbSize(data: DataSet): Promise<TsdbSize | null> {
  const version = await promtoolVersion();
  if (version === null) return null;
  const directory = mkdtempSync(join(tmpdir(), 'faultline-bench-tsdb-'));
  try {
    const input = join(directory, 'samples.om');
    await writeOpenMetrics(input, data);
    const output = join(directory, 'blocks');
    await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', '--quiet', `--max-block-duration=${MAX_BLOCK}`, 'openmetrics', input, output]);
    return { version, bytes: bytesByKind(output) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function writeOpenMetrics(path: string, { series }: DataSet): Promise<void> {
  const file = createWriteStream(path);
  const byMetric = [...series].sort((one, other) => (one.labels['__name__']! < other.labels['__name__']! ? -1 : 1));
  for (const one of byMetric) if (!file.write(linesOf(one))) await once(file, 'drain');
  file.end('# EOF\n');
  await once(file, 'close');
}

function linesOf({ labels: { __name__: metric, ...labels }, timesMs, values }: DataSeries): string {
  const name = `${metric}{${Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`;
  return timesMs.map((timeMs, i) => `${name} ${numberText(values[i]!)} ${timeMs / MS_A_SEC}\n`).join('');
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`;
}

function bytesByKind(directory: string): Record<string, number> {
  const bytes: Record<string, number> = { chunks: 0, index: 0, rest: 0 };
  for (const file of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const kind = file.parentPath.endsWith('chunks') ? 'chunks' : file.name === 'index' ? 'index' : 'rest';
    bytes[kind]! += statSync(join(file.parentPath, file.name)).size;
  }
  return bytes;
}

async function promtoolVersion(): Promise<string | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)('promtool', ['--version']);
    return /version (\S+)/.exec(stdout + stderr)?.[1] ?? 'of unknown version';
  } catch {
    return null;
  }
}
