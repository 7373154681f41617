import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { QueryThread } from '../metrics/query/query-thread.js';
import type { Question } from '../metrics/query/question.js';
import { PrometheusError } from './prometheus-error.js';
import { QUERY_SETTINGS, type QuerySettings } from './query-settings.js';

/** Asks the metric store, in its thread. */
@Injectable()
export class MetricQueries implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Metric queries');
  private readonly thread: QueryThread;

  constructor(@Inject(QUERY_SETTINGS) private readonly settings: QuerySettings) {
    this.thread = new QueryThread(settings.thread, (problem) => this.log.error(problem));
  }

  get ready(): boolean {
    return this.thread.ready;
  }

  onModuleInit(): void {
    this.thread.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.close();
  }

  /** The body of the answer, JSON in Prometheus' envelope. Rejects with PrometheusError, or with an Error that nobody foresaw. */
  async ask(question: Question, signal: AbortSignal, timeoutMs: number | null = null): Promise<Buffer> {
    const answer = await this.thread.ask(question, { timeoutMs: Math.min(timeoutMs ?? Infinity, this.settings.timeoutMs), signal });
    if (answer.ok) return Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
    // What the store says of itself is for the log: the filter shows only under which id it stands there.
    throw answer.errorType === 'internal' ? new Error(answer.error) : new PrometheusError(answer.errorType, answer.error);
  }
}
