import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { QUERY_SETTINGS, type QuerySettings } from './query-settings.js';
import { QueryThread } from './query/query-thread.js';
import type { Answer, Question } from './query/question.js';

/** Asks the metric store, in the thread in which it is read. */
@Injectable()
export class MetricQuestions implements OnModuleInit, OnApplicationShutdown {
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

  /** Never rejects. `timeoutMs` null: the longest there is. */
  ask(question: Question, signal: AbortSignal, timeoutMs: number | null): Promise<Answer> {
    return this.thread.ask(question, { timeoutMs: Math.min(timeoutMs ?? Infinity, this.settings.timeoutMs), signal });
  }
}
