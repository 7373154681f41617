import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NO_SAMPLES, type SeriesQuery } from '#metrics';
import type { MetricSource } from '../metric-source.js';
import type { Question } from './question.js';
import { QuestionRunner } from './question-runner.js';
import type { FromThread } from './thread-messages.js';

const ENGINE = { lookbackMs: 300_000, defaultSubqueryStepMs: 60_000, maxSamples: 50_000_000 };
const LONG_MS = 60_000;
const MIB = 1_048_576;

/** Every select waits for its signal; there is nothing else. */
const WAITING = {
  select: (_: SeriesQuery, signal: AbortSignal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
} as unknown as MetricSource;
const EMPTY = { select: async () => [{ labels: [{ name: '__name__', value: 'up' }], samples: NO_SAMPLES }] } as unknown as MetricSource;

const instant = (query: string): Question => ({ kind: 'instant', scope: [], limit: 0, query, lookbackMs: null, timeMs: 0 });

interface Run {
  readonly runner: QuestionRunner;
  readonly sent: FromThread[];
  heldBytes: number;
}

function start(source: Promise<MetricSource>): Run {
  const sent: FromThread[] = [];
  const run: Run = { sent, heldBytes: 0, runner: new QuestionRunner(source, { engine: ENGINE, maxBufferBytes: 64 * MIB, bufferBytes: () => run.heldBytes }, (message) => void sent.push(message)) };
  return run;
}

describe('a question in the thread', () => {
  it('is answered in bytes that are handed over', async () => {
    const { runner, sent } = start(Promise.resolve(EMPTY));
    await runner.ask(7, instant('1 + 1'), LONG_MS);
    const [answer] = sent as [Extract<FromThread, { type: 'answer' }>];
    expect(answer).toMatchObject({ type: 'answer', id: 7 });
    expect(JSON.parse(new TextDecoder().decode(new Uint8Array(answer.buffer, 0, answer.length)))).toEqual({ status: 'success', data: { resultType: 'scalar', result: [0, '2'] } });
  });

  it('is refused when it is canceled, alone or with all others', async () => {
    const { runner, sent } = start(Promise.resolve(WAITING));
    const running = [1, 2, 3].map((id) => runner.ask(id, instant('up'), LONG_MS));
    await turn();
    runner.cancel(2);
    await running[1];
    expect(sent).toEqual([{ type: 'refusal', id: 2, errorType: 'canceled', error: 'query was canceled in expression evaluation' }]);
    runner.cancelAll();
    await Promise.all(running);
    expect(sent).toHaveLength(3);
    // Nobody runs any more, so there is nobody to end.
    runner.cancel(2);
  });

  it('ends by its time limit, also while the store is still being opened', async () => {
    const { runner, sent } = start(new Promise(() => undefined));
    await runner.ask(1, instant('up'), 1);
    expect(sent).toMatchObject([{ id: 1, errorType: 'timeout' }]);
  });

  it('ends during its evaluation, for the others have their turns', async () => {
    const { runner, sent } = start(Promise.resolve(EMPTY));
    const long = runner.ask(1, instant('sum_over_time(vector(time())[2000000s:1s])'), LONG_MS);
    setImmediate(() => runner.cancel(1));
    await long;
    expect(sent).toMatchObject([{ id: 1, errorType: 'canceled' }]);
  });

  it('is refused with all others when their buffers have grown too large', async () => {
    const run = start(Promise.resolve(WAITING));
    const running = [1, 2].map((id) => run.runner.ask(id, instant('up'), LONG_MS));
    await turn();
    run.heldBytes = 64 * MIB;
    run.runner.watchBuffers();
    run.heldBytes += 1;
    expect(run.sent).toEqual([]);
    run.runner.watchBuffers();
    await Promise.all(running);
    expect(run.sent).toMatchObject([1, 2].map((id) => ({ id, errorType: 'execution', error: expect.stringContaining('(64 MiB)') })));
  });
});
