import fc from 'fast-check';
import type { ConnectionRule, RequestFacts, RequestVerdict } from '#faults';
import { describe, expect, it } from 'vitest';
import { relayBench } from '../../../../test/support/fake-link.js';
import type { RelayBench } from '../../../../test/support/fake-link.js';
import type { LinkRule } from './relay.js';

const RUNS = 2_000;
const PASS = { type: 'pass' } as const;
const LOOKING: readonly ConnectionRule[] = [{}, { onRequest: () => PASS }, { onResponse: () => PASS }, { onRequest: (request) => (request.headers.has('none') ? PASS : PASS), onResponse: () => PASS }];
const passing = fc.subarray(LOOKING.map((rule, i): LinkRule => ({ faultId: `f${i}`, announce: true, rule })));

const token = fc.string({ unit: fc.constantFrom(...'abzABZ019-_~!'), minLength: 1, maxLength: 12 });
const text = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code < 0x7f || code >= 0xa0).map((code) => String.fromCharCode(code)), maxLength: 20 });
// Names that frame are written by the arbitrary of the body; the prefix keeps the random ones apart from them.
const headers = fc.array(fc.tuple(token, text), { maxLength: 5 }).map((pairs) => pairs.map(([name, value]) => `x-${name}:${value}\r\n`).join(''));
const payload = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 });
const chunk = fc.tuple(payload.filter((bytes) => bytes !== ''), fc.constantFrom('', ';a=b', ';q="x;y"')).map(([bytes, extension]) => `${bytes.length.toString(16)}${extension}\r\n${bytes}\r\n`);
const chunked = fc.tuple(fc.array(chunk, { maxLength: 4 }), fc.constantFrom('', 'T: 1\r\n')).map(([chunks, trailer]) => `Transfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n${trailer}\r\n`);
const sized = payload.map((bytes) => `content-length: ${bytes.length}\r\n\r\n${bytes}`);
const path = fc.string({ unit: fc.constantFrom(...'/ab.%2eF?=&'), maxLength: 12 }).map((rest) => `/${rest}`);
const request = fc
  .tuple(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), path, headers, fc.oneof(fc.constant('\r\n'), sized, chunked))
  .map(([method, target, fields, body]) => `${method} ${target} HTTP/1.1\r\nHost: x\r\n${fields}${body}`);
const response = fc
  .tuple(fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n'), fc.constantFrom(200, 301, 404, 503), headers, fc.oneof(sized, chunked))
  .map(([interim, status, fields, body]) => `${interim}HTTP/1.1 ${status} x\r\n${fields}${body}`);
const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 60 }));

function pieces(stream: string, sizes: Iterable<number>): string[] {
  const out: string[] = [];
  const size = sizes[Symbol.iterator]();
  for (let at = 0; at < stream.length; ) {
    const length = Number(size.next().value ?? 60);
    out.push(stream.slice(at, at + length));
    at += length;
  }
  return out;
}

function statuses(bench: RelayBench): readonly string[] {
  return [...bench.link.answered.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => match[1] ?? '');
}

describe(`the HTTP relay, over ${RUNS} random runs a law`, { timeout: 120_000 }, () => {
  it('changes no byte of valid streams while rules pass, come and go, however the streams are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(request, response), { minLength: 1, maxLength: 4 }), fc.tuple(passing, passing), cuts, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (exchanges, [before, after], sizes, moments) => {
        const bench = relayBench(before);
        const asked = exchanges.map(([question]) => question).join('');
        const answers = exchanges.map(([, answer]) => answer).join('');
        const moment = moments[Symbol.iterator]();
        const perhaps = (): void => {
          const now = moment.next().value;
          if (now === 0) bench.rules = after;
          if (now === 1) for (const { faultId } of bench.rules) bench.lift(faultId);
        };
        for (const piece of pieces(asked, sizes)) [perhaps(), bench.fromClient(piece)];
        expect(bench.link.asked).toBe(asked);
        for (const piece of pieces(answers, sizes)) [perhaps(), bench.fromUpstream(piece)];
        expect(bench.link.answered).toBe(answers);
        expect([bench.link.over, bench.problems]).toEqual([null, []]);
        const outcomes = Object.values(bench.meter.drain(0)?.outcomes ?? {}).reduce((sum, count) => sum + count, 0);
        expect(outcomes).toBe(exchanges.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('lets every byte it held go, in order, in the moment in which the faults are lifted', () => {
    const held: readonly RequestVerdict[] = [PASS, { type: 'delay', delayMs: 60_000 }, { type: 'rewrite', body: { type: 'throttle', bytesPerSec: 1 } }];
    const verdicts = fc.infiniteStream(fc.constantFrom(...held));
    fc.assert(
      fc.property(fc.array(fc.tuple(request, response), { minLength: 1, maxLength: 4 }), fc.tuple(verdicts, verdicts), cuts, (exchanges, [first, second], sizes) => {
        const next = (stream: fc.Stream<RequestVerdict>): RequestVerdict => stream.next().value ?? PASS;
        const rule: ConnectionRule = { onRequest: () => next(first), onResponse: () => next(second) };
        const bench = relayBench([{ faultId: 'watch', announce: false, rule: { onResponse: () => PASS } }, { faultId: 'f', announce: false, rule }]);
        const asked = exchanges.map(([question]) => question).join('');
        const answers = exchanges.map(([, answer]) => answer).join('');
        const lifted = bench.rules;
        for (const piece of pieces(asked, sizes)) bench.fromClient(piece);
        bench.lift('f');
        expect(bench.link.asked).toBe(asked);
        bench.rules = lifted;
        for (const piece of pieces(answers, sizes)) bench.fromUpstream(piece);
        bench.upstreamEnded();
        bench.lift('f');
        expect(bench.link.answered).toBe(answers);
        expect([bench.link.clientEnded, bench.link.clientHeld, bench.link.upstreamHeld]).toEqual([true, false, false]);
      }),
      { numRuns: RUNS },
    );
  });

  it('hits exactly the pipelined requests that match, whatever the split', () => {
    const marked = fc.tuple(request, fc.boolean()).map(([bytes, hit]) => ({ bytes: bytes.replace('Host: x', hit ? 'Host: x\r\nx-hit: yes' : 'Host: x'), hit }));
    fc.assert(
      fc.property(fc.array(marked, { minLength: 1, maxLength: 6 }), cuts, (requests, sizes) => {
        const seen: string[] = [];
        const onRequest = (facts: RequestFacts) => {
          seen.push(facts.target);
          return facts.headers.get('x-hit')?.[0] === 'yes' ? ({ type: 'respond', status: 599, contentType: 'text/plain', body: 'no' } as const) : PASS;
        };
        const bench = relayBench([{ faultId: 'f', announce: false, rule: { onRequest } }]);
        for (const piece of pieces(requests.map(({ bytes }) => bytes).join(''), sizes)) bench.fromClient(piece);
        expect(bench.link.asked).toBe(requests.filter(({ hit }) => !hit).map(({ bytes }) => bytes).join(''));
        for (const { hit } of requests) if (!hit) bench.fromUpstream('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        expect(statuses(bench)).toEqual(requests.map(({ hit }) => (hit ? '599' : '200')));
        expect(seen).toEqual(requests.map(({ bytes }) => bytes.split(' ')[1]));
      }),
      { numRuns: RUNS },
    );
  });

  it('passes any caller bytes on untouched, or refuses them and ends: it never throws, keeps or loses any', () => {
    const mutated = fc.tuple(request, fc.nat(), fc.string({ unit: 'binary-ascii', maxLength: 6 })).map(([bytes, place, noise]) => {
      const at = place % bytes.length;
      return bytes.slice(0, at) + noise + bytes.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(request, mutated, fc.string({ unit: 'binary-ascii', maxLength: 80 })), { minLength: 1, maxLength: 4 }), passing, cuts, (parts, rules, sizes) => {
        const bench = relayBench(rules);
        const stream = parts.join('');
        for (const piece of pieces(stream, sizes)) bench.fromClient(piece);
        bench.clientEnded();
        // A refusal waits for its turn behind the answers to what came before.
        for (const _ of stream) if (bench.link.over === null) bench.fromUpstream('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        if (bench.link.over === null) {
          expect(bench.link.asked).toBe(stream);
          expect(bench.link.upstreamEnded).toBe(true);
        } else {
          expect(stream.startsWith(bench.link.asked)).toBe(true);
          expect(rules.some(({ rule }) => rule.onRequest !== undefined || rule.onResponse !== undefined)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('passes any upstream bytes on untouched or breaks off, whatever was asked', () => {
    const mutated = fc.tuple(response, fc.nat(), fc.string({ unit: 'binary-ascii', maxLength: 6 })).map(([bytes, place, noise]) => {
      const at = place % bytes.length;
      return bytes.slice(0, at) + noise + bytes.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 3 }), fc.array(fc.oneof(response, mutated), { minLength: 1, maxLength: 4 }), passing, cuts, (requests, parts, rules, sizes) => {
        const bench = relayBench(rules);
        bench.fromClient(requests.join(''));
        const stream = parts.join('');
        for (const piece of pieces(stream, sizes)) bench.fromUpstream(piece);
        bench.upstreamEnded();
        expect(bench.link.answered).toBe(stream);
        expect(bench.link.clientEnded).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('carries out any mixture of verdicts, liftings and ends without throwing, and counts every request once', () => {
    const edit = { remove: ['x-a'], set: [{ name: 'x-b', value: '1' }] };
    const flip = (bytes: Uint8Array): void => bytes.forEach((byte, i) => (bytes[i] = byte ^ 1));
    const verdict = fc.constantFrom<RequestVerdict>(
      PASS,
      { type: 'delay', delayMs: 0 },
      { type: 'delay', delayMs: 60_000 },
      { type: 'hang', closeAfterMs: null },
      { type: 'hang', closeAfterMs: 60_000 },
      { type: 'respond', status: 500, contentType: 'text/plain', body: 'no' },
      { type: 'rewrite', headers: edit },
      { type: 'rewrite', body: { type: 'corrupt', change: flip } },
      { type: 'rewrite', body: { type: 'throttle', bytesPerSec: 1 } },
      { type: 'rewrite', headers: edit, body: { type: 'truncate', afterBytes: 3, end: 'close' } },
      { type: 'rewrite', body: { type: 'truncate', afterBytes: 0, end: 'reset' } },
    );
    const acting = fc.tuple(fc.option(verdict, { nil: undefined }), fc.option(verdict, { nil: undefined }));
    const step = fc.oneof(
      { weight: 6, arbitrary: request.map((bytes) => ['client', bytes] as const) },
      { weight: 6, arbitrary: response.map((bytes) => ['upstream', bytes] as const) },
      { weight: 2, arbitrary: fc.constantFrom(['lift', '0'] as const, ['lift', '1'] as const, ['lift', '2'] as const) },
      { weight: 1, arbitrary: fc.constantFrom(['end', 'client'] as const, ['end', 'upstream'] as const) },
    );
    fc.assert(
      fc.property(fc.array(acting, { minLength: 1, maxLength: 3 }), fc.array(step, { maxLength: 12 }), cuts, (verdicts, steps, sizes) => {
        let asked = 0;
        const watch: LinkRule = { faultId: 'watch', announce: false, rule: { onRequest: () => ((asked += 1), PASS) } };
        const rules = verdicts.map(([request, response], i): LinkRule => ({
          faultId: String(i),
          announce: true,
          rule: { ...(request && { onRequest: () => request }), ...(response && { onResponse: () => response }) },
        }));
        const bench = relayBench([watch, ...rules]);
        const over = new Set<string>();
        for (const [what, bytes] of steps) {
          if (what === 'lift') bench.lift(bytes);
          else if (what === 'client' && !over.has(what)) for (const piece of pieces(bytes, sizes)) bench.fromClient(piece);
          else if (what === 'upstream' && !over.has(what)) for (const piece of pieces(bytes, sizes)) bench.fromUpstream(piece);
          else if (what === 'end' && !over.has(bytes)) {
            over.add(bytes);
            if (bytes === 'client') bench.clientEnded();
            else bench.upstreamEnded();
          }
        }
        bench.link.relay?.closed('broken');
        const outcomes = Object.values(bench.meter.drain(0)?.outcomes ?? {}).reduce((sum, count) => sum + count, 0);
        expect(outcomes).toBe(asked);
      }),
      { numRuns: RUNS },
    );
  });
});
