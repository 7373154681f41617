import { Agent, request } from 'node:http';
import type { DashboardQuery } from './dashboard-queries.js';

/** A store that answers Prometheus' HTTP API at `url`. */
export interface QueryPeer {
  readonly url: string;
  readonly token: string | null;
}

export interface TimedAnswer {
  readonly body: string;
  readonly tookMs: number;
}

const agent = new Agent({ keepAlive: true });

/** Asks over a kept connection, to the last byte of the answer. Rejects when the answer is not 200. */
export function ask({ url, token }: QueryPeer, { query, range }: DashboardQuery, nowSec: number): Promise<TimedAnswer> {
  const parameters = range === null ? { query, time: String(nowSec) } : { query, start: String(nowSec - range.rangeSec), end: String(nowSec), step: String(range.stepSec) };
  const path = `${url}/api/v1/${range === null ? 'query' : 'query_range'}?${new URLSearchParams(parameters)}`;
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(path, { agent, headers: token === null ? {} : { authorization: `Bearer ${token}` } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (bytes: Buffer) => parts.push(bytes));
      response.on('end', () => {
        const tookMs = performance.now() - startedMs;
        const body = Buffer.concat(parts).toString();
        if (response.statusCode === 200) resolve({ body, tookMs });
        else reject(new Error(`${query} was answered ${response.statusCode} by ${url}: ${body.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

export function closeConnections(): void {
  agent.destroy();
}

type Sample = readonly [sec: number, value: string];

interface Answered {
  readonly data: { readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly value?: Sample; readonly values?: readonly Sample[] }[] };
}

const TOLERANCE = 1e-6;

/** Throws where two answers do not have the same series, moments and, within a millionth, values. Gives how many samples they have. */
export function requireSameAnswers(name: string, one: string, other: string): number {
  const [ours, theirs] = [samplesOf(one), samplesOf(other)];
  if (ours.size !== theirs.size) throw new Error(`${name}: ${ours.size} samples against ${theirs.size}`);
  for (const [place, value] of ours) {
    const wanted = theirs.get(place);
    if (wanted === undefined || !isNear(value, wanted)) throw new Error(`${name}: at ${place} ${value} against ${wanted}`);
  }
  return ours.size;
}

function samplesOf(body: string): Map<string, number> {
  const { data } = JSON.parse(body) as Answered;
  return new Map(
    data.result.flatMap(({ metric, value, values }) => {
      const series = JSON.stringify(Object.entries(metric).sort());
      return (values ?? [value!]).map(([sec, text]) => [`${series} ${sec}`, Number(text)] as const);
    }),
  );
}

function isNear(one: number, other: number): boolean {
  return Object.is(one, other) || Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
}
