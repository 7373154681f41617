import { setImmediate as turn } from 'node:timers/promises';
import { QueryError } from '#promql';
import type { MetricSource } from '../metric-source.js';
import { answerQuestion } from './answer-question.js';
import type { Asking } from './asking.js';
import type { JsonBody } from './json-body.js';
import { memoryProblem } from './memory-problem.js';
import type { Question } from './question.js';
import { refusalOf } from './refusal.js';
import { scopedSource } from './scoped-source.js';
import type { EngineSettings, FromThread } from './thread-messages.js';

type Send = (message: FromThread, handOver: readonly ArrayBuffer[]) => void;

interface RunnerSettings {
  readonly engine: EngineSettings;
  readonly maxBufferBytes: number;
  /** Bytes of buffers that this thread holds now. */
  readonly bufferBytes: () => number;
}

/** Answers questions, many at a time: they take turns of about 2 ms. */
export class QuestionRunner {
  readonly #running = new Map<number, AbortController>();

  constructor(
    private readonly source: Promise<MetricSource>,
    private readonly settings: RunnerSettings,
    private readonly send: Send,
  ) {}

  /** Sends an answer or a refusal, whatever happens. */
  async ask(id: number, question: Question, timeoutMs: number): Promise<void> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new DOMException('The time of the question is over.', 'TimeoutError')), timeoutMs);
    this.#running.set(id, controller);
    try {
      const { buffer, length } = (await this.#answer(question, controller.signal)).finish();
      this.send({ type: 'answer', id, buffer, length }, [buffer]);
    } catch (failure) {
      this.send({ type: 'refusal', id, ...refusalOf(failure, question.kind, controller.signal) }, []);
    } finally {
      clearTimeout(timer);
      this.#running.delete(id);
    }
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  /**
   * Ends all questions when the thread's buffers have grown beyond their limit: which of them made them is not known, and the process must not run out of
   * memory, for others depend on it.
   */
  watchBuffers(): void {
    const { maxBufferBytes, bufferBytes } = this.settings;
    if (this.#running.size === 0 || bufferBytes() <= maxBufferBytes) return;
    const reason = new QueryError('execution', memoryProblem(maxBufferBytes));
    for (const controller of this.#running.values()) controller.abort(reason);
  }

  async #answer(question: Question, signal: AbortSignal): Promise<JsonBody> {
    const source = await unlessAborted(this.source, signal);
    return answerQuestion(question, { source: scopedSource(source, question.scope), engine: this.settings.engine, signal, nextTurn: this.#turns(signal) });
  }

  #turns(signal: AbortSignal): Asking['nextTurn'] {
    return async () => {
      await turn();
      this.watchBuffers();
      signal.throwIfAborted();
    };
  }
}

function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
