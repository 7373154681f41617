import { createServer as createPlain } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TEST_CERTIFICATE, TEST_KEY } from './tls.fixture.js';

export type Answerer = (answer: ServerResponse, request: IncomingMessage) => void;

/** A server on a loopback port that says what a test puts there. */
export class TestTarget {
  readonly requests: IncomingMessage[] = [];
  private answerer: Answerer = (answer) => answer.end();

  private constructor(private readonly server: Server) {}

  static async open({ secure = false } = {}): Promise<TestTarget> {
    const listen: RequestListener = (request, answer) => target.answer(request, answer);
    const server = secure ? createSecure({ cert: TEST_CERTIFICATE, key: TEST_KEY }, listen) : createPlain(listen);
    const target = new TestTarget(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return target;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Texts are in the format of `type`. */
  says(text: string | Answerer, type = 'text/plain; version=0.0.4'): void {
    this.answerer = typeof text === 'function' ? text : (answer) => answer.setHeader('content-type', type).end(text);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, answer: ServerResponse): void {
    this.requests.push(request);
    this.answerer(answer, request);
  }
}
