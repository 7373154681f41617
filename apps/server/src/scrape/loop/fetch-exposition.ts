import type { ScrapeJob } from '../config/scrape-config.js';
import { acceptHeader, formatOf } from '../http/content-negotiation.js';
import { BodyTooLargeError, HttpError } from '../http/http-client.js';
import type { HttpClient, HttpRequest } from '../http/http-client.js';
import type { ExpositionBody } from '../ingest/target-ingest.js';

/** What one target may take of this process' memory where its job sets no body_size_limit: about a million series. */
const MAX_BODY_BYTES = 128 * 1_024 * 1_024;
const OK = 200;
const USER_AGENT = 'Faultline';

export type FetchedExposition =
  | { readonly kind: 'body'; readonly body: ExpositionBody }
  | { readonly kind: 'failed'; readonly problem: string; readonly tooLarge: boolean };

/** Asks a target for its metrics. Rejects with the signal's reason only. */
export class ExpositionSource {
  private readonly request: HttpRequest;

  constructor(
    private readonly client: HttpClient,
    private readonly job: ScrapeJob,
    { url, timeoutMs }: { readonly url: URL; readonly timeoutMs: number },
  ) {
    const headers = {
      accept: acceptHeader(job.protocols, job.escaping),
      'accept-encoding': job.compression ? 'gzip' : 'identity',
      'user-agent': USER_AGENT,
      'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1_000),
    };
    this.request = { url, headers, maxBodyBytes: job.limits.bodyBytes || MAX_BODY_BYTES };
  }

  async fetch(signal: AbortSignal): Promise<FetchedExposition> {
    try {
      return { kind: 'body', body: await this.get(signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HttpError)) throw error;
      return { kind: 'failed', problem: error.message, tooLarge: error instanceof BodyTooLargeError };
    }
  }

  private async get(signal: AbortSignal): Promise<ExpositionBody> {
    const { status, statusText, contentType, body } = await this.client.get(this.request, signal);
    if (status !== OK) throw new HttpError(`server returned HTTP status ${status} ${statusText}`.trim());
    // An empty body is in no format.
    return { bytes: body, format: body.length === 0 ? 'prometheus-text' : formatOf(contentType, this.job.fallbackProtocol) };
  }
}
