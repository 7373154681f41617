export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the body, inflated; an answer with more is an error. */
  readonly maxBodyBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Null when the answer does not say. */
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** Sends GET requests with one set of credentials and trust. */
export interface HttpClient {
  /** Rejects with an HttpError, or with the signal's reason. */
  get(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  close(): void;
}

/** No answer, or none that can be used. The message is one line, fit to be shown, and holds no secret. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError';
}

/** The body is longer than it may be. */
export class BodyTooLargeError extends HttpError {
  override readonly name = 'BodyTooLargeError';
}
