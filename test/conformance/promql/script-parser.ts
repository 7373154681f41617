import type { Labels } from '#metrics';
import { parseExpectation } from './expectation.js';
import type { Expectation } from './expectation.js';
import { parseGoNumber } from './go-number.js';
import { readQuoted } from './go-quoted.js';
import { parseScriptDuration } from './script-duration.js';
import { labelsKey } from './label-bytes.js';
import { parseSeriesLine, readMetric } from './series-notation.js';
import type { SequenceValue } from './series-notation.js';
import { parseStartTimes } from './start-times.js';

export interface LoadedLine {
  readonly labels: Labels;
  readonly values: readonly SequenceValue[];
  /** Of each value, as an offset from its time; null where not given. */
  readonly startsMs: readonly (number | null)[] | null;
}
export interface Load {
  readonly type: 'load';
  readonly line: number;
  readonly stepMs: number;
  /** Classic histograms are loaded once more as native ones with custom buckets. */
  readonly withNative: boolean;
  readonly series: readonly LoadedLine[];
}

export interface ExpectedSeries {
  readonly labels: Labels;
  readonly values: readonly SequenceValue[];
}
export type ExpectedValue =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'series'; readonly series: readonly ExpectedSeries[] };

interface Times {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}
export interface Eval {
  readonly type: 'eval';
  readonly line: number;
  readonly query: string;
  readonly isRange: boolean;
  /** An instant query whose result is a range vector is compared at these times too. */
  readonly times: Times;
  /** False where the result is no instant vector and no scalar: the same query over a range would be another. */
  readonly repeatsOverRange: boolean;
  readonly value: ExpectedValue;
  readonly expectations: readonly Expectation[];
  /** Whether nothing since the last `clear` and nothing here is a native histogram. */
  readonly floatOnly: boolean;
}
/** What this parser does not understand: it counts as a case that failed. */
export interface Unreadable {
  readonly type: 'unreadable';
  readonly line: number;
  readonly problem: string;
}
export type Command = { readonly type: 'clear' } | Load | Eval | Unreadable;

const LOAD = /^load(_with_nhcb)?\s+(.+)$/;
const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+at\s+(\S+)\s+(.+)$/;
const RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/;
const RANGE_VECTOR = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/;

/** Reads a test script of PromQL (Prometheus, promql/promqltest/README.md). A block ends at a blank line. */
export function parseScript(text: string): readonly Command[] {
  const commands: Command[] = [];
  let floatOnly = true;
  for (const block of blocksOf(text)) {
    const command = readBlock(block, floatOnly);
    if (command.type === 'clear') floatOnly = true;
    if (command.type === 'load' && (command.withNative || block.lines.some((line) => line.includes('{{')))) floatOnly = false;
    commands.push(command);
  }
  return commands;
}

interface Block {
  readonly line: number;
  readonly lines: readonly string[];
}

/** Comments count as blank lines. What says all of a result ends a block as well. */
function blocksOf(text: string): readonly Block[] {
  const blocks: { line: number; lines: string[] }[] = [];
  let isOpen = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) isOpen = false;
    else {
      if (isOpen) blocks.at(-1)!.lines.push(line);
      else blocks.push({ line: index + 1, lines: [line] });
      isOpen = line.toLowerCase() !== 'clear' && !line.startsWith('expected_fail_') && numberOrNull(line) === null;
    }
  }
  return blocks;
}

function readBlock(block: Block, floatOnly: boolean): Command {
  const word = block.lines[0]!.split(/[\t ]+/, 1)[0]!.toLowerCase();
  try {
    if (word === 'clear') return { type: 'clear' };
    if (word.startsWith('load')) return readLoad(block);
    if (word.startsWith('eval')) return readEval(block, floatOnly && block.lines.every((line, index) => index === 0 || !line.includes('{{')));
    throw new Error(`invalid command ${JSON.stringify(block.lines[0])}`);
  } catch (error) {
    return { type: 'unreadable', line: block.line, problem: error instanceof Error ? error.message : String(error) };
  }
}

function readLoad({ line, lines }: Block): Load {
  const [, withNative, step] = LOAD.exec(lines[0]!) ?? [];
  if (step === undefined) throw new Error('invalid load command');
  const series: LoadedLine[] = [];
  let pending: { readonly labels: Labels; readonly startsMs: readonly (number | null)[] } | null = null;
  for (const text of lines.slice(1)) {
    const [metric, ...rest] = text.split(/[\t ]+/);
    if (metric!.endsWith('@st')) pending = { labels: readMetric(metric!.slice(0, -'@st'.length), 0).labels, startsMs: parseStartTimes(rest.join(' ')) };
    else {
      const { labels, values } = parseSeriesLine(text);
      if (pending !== null && labelsKey(pending.labels) !== labelsKey(labels)) throw new Error('@st metric does not match the following sample line metric');
      if (pending !== null && pending.startsMs.length !== values.length) throw new Error(`@st line has ${pending.startsMs.length} values but sample line has ${values.length}`);
      series.push({ labels, values, startsMs: pending?.startsMs ?? null });
      pending = null;
    }
  }
  if (pending !== null) throw new Error('@st line has no following sample line');
  return { type: 'load', line, stepMs: parseScriptDuration(step), withNative: withNative !== undefined, series };
}

function readEval({ line, lines }: Block, floatOnly: boolean): Eval {
  const { suffix, query, isRange, times } = readHead(lines[0]!);
  const read: Read = { expectations: suffix === undefined ? [] : [{ type: suffix, pattern: null }], series: [], single: null, rangeVector: null };
  for (const text of lines.slice(1)) readExpected(text, isRange, read);
  const { expectations, series, single, rangeVector } = read;
  const repeatsOverRange = !isRange && rangeVector === null && single?.type !== 'string';
  return { type: 'eval', line, query, isRange, times: rangeVector ?? times, repeatsOverRange, value: single ?? { type: 'series', series }, expectations, floatOnly };
}

/** What the lines below an `eval` have said so far. */
interface Read {
  readonly expectations: Expectation[];
  readonly series: ExpectedSeries[];
  single: ExpectedValue | null;
  rangeVector: Times | null;
}

function readExpected(text: string, isRange: boolean, read: Read): void {
  const [, from, to, step] = RANGE_VECTOR.exec(text) ?? [];
  if (from !== undefined) {
    read.rangeVector = timesOf(from, to!, step!);
    return;
  }
  if (text.startsWith('expect string')) {
    read.single = { type: 'string', value: readString(text) };
    return;
  }
  const expectation = parseExpectation(text);
  const number = numberOrNull(text);
  if (expectation !== null) read.expectations.push(expectation);
  else if (number !== null) read.single = { type: 'scalar', value: number };
  else read.series.push(readSeries(text, isRange || read.rangeVector !== null));
}

function readHead(text: string): { readonly suffix: Expectation['type'] | undefined; readonly query: string; readonly isRange: boolean; readonly times: Times } {
  const instant = INSTANT.exec(text);
  if (instant !== null) {
    const timeMs = parseScriptDuration(instant[2]!);
    return { suffix: instant[1] as Expectation['type'] | undefined, query: instant[3]!, isRange: false, times: { startMs: timeMs, endMs: timeMs, stepMs: 0 } };
  }
  const range = RANGE.exec(text);
  if (range === null) throw new Error(`invalid evaluation command ${JSON.stringify(text)}`);
  return { suffix: range[1] as Expectation['type'] | undefined, query: range[5]!, isRange: true, times: timesOf(range[2]!, range[3]!, range[4]!) };
}

function timesOf(from: string, to: string, step: string): Times {
  const [startMs, endMs, stepMs] = [parseScriptDuration(from), parseScriptDuration(to), parseScriptDuration(step)];
  if (endMs < startMs) throw new Error(`the end (${to}) is before the start (${from})`);
  return { startMs, endMs, stepMs };
}

function numberOrNull(text: string): number | null {
  try {
    return parseGoNumber(text);
  } catch {
    return null;
  }
}

function readString(text: string): string {
  const quoted = readQuoted(text, 'expect string '.length);
  if (quoted === null) throw new Error('expected string literal not valid: a quoted string literal is required');
  return quoted.value;
}

function readSeries(text: string, mayHaveMany: boolean): ExpectedSeries {
  const { labels, values } = parseSeriesLine(text);
  if (values.length > 1 && !mayHaveMany) throw new Error('expecting multiple values in instant evaluation not allowed');
  return { labels, values };
}
