import { startNodeExporter } from '../test/conformance/prometheus/node-exporter.js';
import { sampleCount, type DataSet } from './support/data-set.js';
import { captureExporter } from './support/exporter-capture.js';
import { printResult, round, type Bar } from './support/result.js';
import { serviceMix } from './support/storage-mix.js';
import { storedSize } from './support/stored-size.js';
import { tsdbSize } from './support/tsdb-size.js';

/**
 * Bytes a sample at rest: all tables of the metric store in PostgreSQL, with their indexes, against the blocks that Prometheus makes of the very same samples. A capture of a real node
 * exporter, and a mix of what services expose. `npm run bench -- storage <scrapes>` captures fewer scrapes than twelve hours of them; 2,880 take twelve minutes.
 */
const SCRAPES = 2_880;
const SCRAPE_EVERY_MS = 250;
const MIX = { series: 2_000, steps: 2_880 };
const BAR_BYTES_A_SAMPLE = 0.8;

async function main(): Promise<void> {
  const scrapes = Number(process.argv[2] ?? SCRAPES);
  const exporter = await startNodeExporter();
  if (exporter === null) say('The node exporter is not there: only the service mix is measured');
  try {
    const capturing = exporter === null ? null : captureExporter(`http://${exporter.address}/metrics`, { scrapes, everyMs: SCRAPE_EVERY_MS });
    // Meanwhile, so that there is something for the exporter to see.
    const mix = await barsOf(serviceMix(MIX.series, MIX.steps), null);
    if (capturing !== null) say(`Capturing ${scrapes} scrapes of node exporter ${exporter!.version} as ${round((scrapes * 15) / 3_600, 1)} h of scrapes every 15 s`);
    const captured = capturing === null ? absent() : await barsOf(await capturing, BAR_BYTES_A_SAMPLE);
    printResult('storage', [...captured, ...mix]);
  } finally {
    await exporter?.kill();
  }
}

async function barsOf(data: DataSet, most: number | null): Promise<Bar[]> {
  const samples = sampleCount(data);
  say(`${data.name}: ${data.series.length} series, ${samples} samples`);
  const ours = bytesASample('  PostgreSQL', await storedSize(data), samples);
  const blocks = await tsdbSize(data);
  const theirs = blocks === null ? null : bytesASample(`  Prometheus ${blocks.version}`, blocks.bytes, samples);
  if (theirs === null) say('  promtool is not there: measured alone');
  const peer = theirs === null ? null : { name: 'Prometheus', value: theirs };
  const below: Bar = { name: `${data.name}: bytes a sample, less than Prometheus`, value: ours, unit: 'B', bar: theirs, holds: theirs === null ? null : ours < theirs, peer };
  return most === null ? [below] : [{ name: `${data.name}: bytes a sample`, value: ours, unit: 'B', bar: most, holds: ours <= most, peer }, below];
}

function absent(): Bar[] {
  return [{ name: 'node exporter: bytes a sample', value: Number.NaN, unit: 'B', bar: BAR_BYTES_A_SAMPLE, holds: null, peer: null }];
}

function bytesASample(name: string, bytes: Readonly<Record<string, number>>, samples: number): number {
  const parts = Object.entries(bytes).filter(([, size]) => size > 0);
  const total = parts.reduce((sum, [, size]) => sum + size, 0);
  say(`${name}: ${round(total / samples, 3)} bytes a sample; ${parts.map(([part, size]) => `${part} ${round(size / samples, 4)}`).join(', ')}`);
  return round(total / samples, 3);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
