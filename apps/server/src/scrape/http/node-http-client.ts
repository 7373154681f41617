import { request as plainRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { HttpClientConfig } from '../config/http-client-config.js';
import { ConnectionAgents } from './connection-agents.js';
import { credentialHeaders } from './credentials.js';
import { HttpError } from './http-client.js';
import type { HttpAnswer, HttpClient, HttpRequest } from './http-client.js';
import { readBody } from './read-body.js';

const MAX_REDIRECTS = 10;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** GET over HTTP/1.1 with kept connections, redirects followed to http and https only. */
export class NodeHttpClient implements HttpClient {
  private readonly agents: ConnectionAgents;

  constructor(private readonly config: HttpClientConfig) {
    this.agents = new ConnectionAgents(config.tls);
  }

  async get(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      const answer = await this.follow(request, signal);
      const { statusCode = 0, statusMessage = '', headers } = answer;
      return { status: statusCode, statusText: statusMessage, contentType: headers['content-type'] ?? null, body: await readBody(answer, request.maxBodyBytes) };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof HttpError ? error : new HttpError(messageOf(error), { cause: error });
    }
  }

  close(): void {
    this.agents.close();
  }

  private async follow(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const secrets = await credentialHeaders(this.config);
    let { url } = request;
    for (let redirects = 0; ; redirects++) {
      const headers = { ...request.headers, ...(url.origin === request.url.origin ? secrets : {}) };
      const answer = await this.send(url, headers, signal);
      const next = this.config.followRedirects ? redirectOf(answer, url) : null;
      if (next === null) return answer;
      answer.destroy();
      if (redirects === MAX_REDIRECTS) throw new HttpError(`stopped after ${MAX_REDIRECTS} redirects`);
      url = next;
    }
  }

  private async send(url: URL, headers: Readonly<Record<string, string | string[]>>, signal: AbortSignal): Promise<IncomingMessage> {
    const agent = await this.agents.agentFor(url);
    for (;;) {
      const sent = (url.protocol === 'https:' ? secureRequest : plainRequest)({ ...addressOf(url), method: 'GET', headers, agent, signal });
      sent.end();
      try {
        return await answerTo(sent);
      } catch (error) {
        // The server closed a kept connection just as we used it. Each try uses one up, so this ends with a new one.
        if (!sent.reusedSocket || signal.aborted || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
      }
    }
  }
}

/** Where a name has several addresses, the error of all of them together has a code and no message. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? ((error as NodeJS.ErrnoException).code ?? error.name) : error.message;
}

/** Part by part, so that nothing in a URL can become another option of the request, as a socket's path. */
function addressOf(url: URL): { readonly host: string; readonly port: string | undefined; readonly path: string } {
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: url.port === '' ? undefined : url.port, path: `${url.pathname}${url.search}` };
}

/** Listens to the end of the request too: a server that switches protocols is hung up on without an error. */
function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once('response', resolve);
    // Kept when the answer has come: what fails later is heard of by who reads the body.
    sent.on('error', reject);
    sent.once('close', () => reject(new HttpError('the connection was closed without an answer')));
  });
}

function redirectOf(answer: IncomingMessage, from: URL): URL | null {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.statusCode ?? 0) || location === undefined) return null;
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : null;
  if (to === null || !/^https?:$/.test(to.protocol) || to.username !== '' || to.password !== '') throw new HttpError('redirected to a place that is no plain http or https URL');
  return to;
}
