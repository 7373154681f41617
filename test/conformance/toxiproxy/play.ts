import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { waitUntil } from '../../support/wait-until.js';
import { COMPARED_HEADERS } from './exchange.js';
import type { Exchange, Expected, Recording, Step } from './exchange.js';
import { fill, matches } from './template.js';
import type { Bindings } from './template.js';

/** What came of one exchange. `deliberate`: the answer is another than Toxiproxy's, as the recording says it is. */
export interface Played {
  readonly title: string;
  readonly outcome: 'passed' | 'deliberate' | 'failed';
  readonly expected: Expected | null;
  readonly answer: Expected;
}

/** Makes one request, with the path as it stands. */
export function send(url: string, { method, path, headers = {}, body, bytes }: Omit<Exchange, 'expect'>): Promise<Expected> {
  const { hostname, port } = new URL(url);
  const sent = bytes === undefined ? Buffer.from(body ?? '') : Buffer.from(bytes, 'latin1');
  const hasBody = body !== undefined || bytes !== undefined;
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, agent: false, headers: { ...headers, ...(hasBody ? { 'content-length': sent.length } : {}) } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const compared = COMPARED_HEADERS.flatMap((name) => (incoming.headers[name] === undefined ? [] : [[name, String(incoming.headers[name])]]));
        resolve({ status: incoming.statusCode!, headers: Object.fromEntries(compared) as Record<string, string>, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(sent);
  });
}

/** Removes every proxy that the server lets go of, so that a recording begins from nothing. */
export async function clear(url: string): Promise<void> {
  const { body } = await send(url, { method: 'GET', path: '/proxies' });
  for (const name of Object.keys(JSON.parse(body) as object)) await send(url, { method: 'DELETE', path: `/proxies/${encodeURIComponent(name)}` });
}

/** Plays a recording against a server. `asRecorded`: it must answer as Toxiproxy did even where Faultline means to differ. */
export async function play(url: string, { steps }: Recording, { asRecorded }: { readonly asRecorded: boolean }): Promise<Played[]> {
  const played: Played[] = [];
  await withBindings(url, async (bound) => {
    for (const step of steps) {
      if ('traffic' in step) await sendTraffic(step.traffic, bound);
      else played.push(await playExchange(url, step, bound, asRecorded));
    }
  });
  return played;
}

/** An empty server and an echo beside it, for as long as `act` runs. */
export async function withBindings(url: string, act: (bound: Bindings) => Promise<void>): Promise<void> {
  const echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  try {
    await clear(url);
    await act(new Map([['echo', String((echo.address() as AddressInfo).port)]]));
  } finally {
    await clear(url);
    await closed(echo);
  }
}

export function filled(exchange: Exchange, bound: Bindings): Exchange {
  return { ...exchange, path: fill(exchange.path, bound), ...(exchange.body === undefined ? {} : { body: fill(exchange.body, bound) }) };
}

export async function sendTraffic({ port, bytes }: { readonly port: string; readonly bytes: number }, bound: Bindings): Promise<void> {
  const socket = connect(Number(fill(port, bound)), '127.0.0.1');
  let echoed = 0;
  socket.on('data', (chunk: Buffer) => {
    echoed += chunk.length;
    if (echoed === bytes) socket.end();
  });
  socket.write(Buffer.alloc(bytes));
  await once(socket, 'close');
}

/** Asks until every line of `contains` is there. */
export async function sendUntilContained(url: string, exchange: Exchange, bound: Bindings): Promise<Expected> {
  const holds = (body: string): boolean => exchange.contains!.every((line) => body.split('\n').some((found) => matches(line, found, bound)));
  let answer = await send(url, filled(exchange, bound));
  if (!holds(answer.body)) {
    await waitUntil('the page holds the lines', async () => holds((answer = await send(url, filled(exchange, bound))).body), 5_000).catch(() => undefined);
  }
  return { ...answer, body: holds(answer.body) ? '' : answer.body };
}

export function titleOf(step: Step): string {
  return 'traffic' in step ? 'traffic' : [step.method, step.path, step.headers && JSON.stringify(step.headers), step.body ?? step.bytes].filter(Boolean).join(' ').slice(0, 160);
}

async function playExchange(url: string, exchange: Exchange, bound: Bindings, asRecorded: boolean): Promise<Played> {
  const answer = exchange.contains === undefined ? await send(url, filled(exchange, bound)) : await sendUntilContained(url, exchange, bound);
  const wanted = !asRecorded && exchange.differs !== undefined ? exchange.differs.expect : exchange.expect;
  const holds = wanted !== undefined && sameAnswer(wanted, answer, bound);
  const outcome = !holds ? 'failed' : wanted === exchange.expect ? 'passed' : 'deliberate';
  return { title: titleOf(exchange), outcome, expected: wanted ?? null, answer };
}

function sameAnswer(wanted: Expected, answer: Expected, bound: Bindings): boolean {
  const sameHeaders = COMPARED_HEADERS.every((name) => {
    const [expected, found] = [wanted.headers[name], answer.headers[name]];
    return expected === undefined || found === undefined ? expected === found : matches(expected, found, bound);
  });
  return wanted.status === answer.status && sameHeaders && matches(wanted.body, answer.body, bound);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
