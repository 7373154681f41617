import { Injectable } from '@nestjs/common';
import { MetricQuestions } from '../metrics/metric-questions.service.js';
import type { Question } from '../metrics/query/question.js';
import { PrometheusError } from './prometheus-error.js';

/** Asks the metric store, and refuses in the words of Prometheus' API. */
@Injectable()
export class MetricQueries {
  constructor(private readonly questions: MetricQuestions) {}

  get ready(): boolean {
    return this.questions.ready;
  }

  /** The body of the answer, JSON in Prometheus' envelope. Rejects with PrometheusError, or with an Error that nobody foresaw. */
  async ask(question: Question, signal: AbortSignal, timeoutMs: number | null = null): Promise<Buffer> {
    const answer = await this.questions.ask(question, signal, timeoutMs);
    if (answer.ok) return Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
    // What the store says of itself is for the log: the filter shows only under which id it stands there.
    throw answer.errorType === 'internal' ? new Error(answer.error) : new PrometheusError(answer.errorType, answer.error);
  }
}
