import fc from 'fast-check';
import type { ExpositionFormat } from './exposition.js';
import type { ReadExemplar, ReadSample } from './read-body.fixture.js';

/** An exposition as it is meant, to be printed and read back. Values that are not there are never written as empty labels. */
const labelText = fc.string({ unit: 'binary', maxLength: 12 });
const labelName = fc.oneof(fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,8}$/), fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }));
const metricName = fc.oneof(fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/), fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }));
const labels = fc.dictionary(labelName.filter((name) => name !== '__name__'), labelText.filter((value) => value !== ''), { maxKeys: 5, noNullPrototype: true });
const value = fc.oneof(fc.double(), fc.integer(), fc.double({ min: -1000, max: 1000, noNaN: true }));
// As many digits as seconds with a fraction keep exactly.
const timeMs = fc.option(fc.integer({ min: -1e12, max: 4e12 }));
const exemplar: fc.Arbitrary<ReadExemplar> = fc.record({ labels, value, timeMs });

export const anySamples = (format: ExpositionFormat): fc.Arbitrary<readonly ReadSample[]> =>
  fc.array(
    fc
      .record({ name: metricName, labels, value, timeMs, exemplar: format === 'openmetrics-text' ? fc.option(exemplar) : fc.constant(null) })
      .map(({ name, ...sample }) => ({ ...sample, labels: { ...sample.labels, __name__: name } })),
    { maxLength: 8 },
  );

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
const nameText = (name: string): string => (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : `"${escaped(name)}"`);
const numberText = (number: number): string => (Number.isFinite(number) ? (Object.is(number, -0) ? '-0' : String(number)) : Number.isNaN(number) ? 'NaN' : number > 0 ? '+Inf' : '-Inf');
const pairsOf = (all: Readonly<Record<string, string>>): string[] => Object.entries(all).filter(([name]) => name !== '__name__').map(([name, text]) => `${nameText(name)}="${escaped(text)}"`);

function seriesText(all: Readonly<Record<string, string>>): string {
  const name = all['__name__']!;
  const pairs = pairsOf(all);
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) return `{${[`"${escaped(name)}"`, ...pairs].join(',')}}`;
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

const timeText = (time: number | null, format: ExpositionFormat): string => (time === null ? '' : ` ${format === 'openmetrics-text' ? time / 1000 : time}`);

function lineOf(sample: ReadSample, format: ExpositionFormat): string {
  const line = `${seriesText(sample.labels)} ${numberText(sample.value)}${timeText(sample.timeMs, format)}`;
  const { exemplar: own } = sample;
  return own === null ? line : `${line} # {${pairsOf(own.labels).join(',')}} ${numberText(own.value)}${timeText(own.timeMs, format)}`;
}

export function bodyOf(samples: readonly ReadSample[], format: ExpositionFormat): string {
  const lines = samples.map((sample) => `${lineOf(sample, format)}\n`).join('');
  return format === 'openmetrics-text' ? `${lines}# EOF\n` : lines;
}
