import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#contracts';
import { PrometheusError, queryRange } from './prometheus-api.js';

const QUESTION = { query: 'sum(up) + 1', startSec: 0, endSec: 60, stepSec: 15, limit: 10 };
const ask = (signal = new AbortController().signal) => queryRange(QUESTION, signal);
const answer = (status: number, body: string) => vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(body, { status }))));
const failure = () => ask().then(() => expect.unreachable('it should have failed'), (error: unknown) => error);

describe('a question to the metrics API', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('goes by POST as a form and gives data and remarks', async () => {
    answer(200, '{"status":"success","data":{"resultType":"matrix","result":[]},"infos":["a note"]}');
    expect(await ask()).toEqual({ data: { resultType: 'matrix', result: [] }, warnings: [], infos: ['a note'] });
    const [path, init] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect([path, init?.method, String(init?.body)]).toEqual(['/prometheus/api/v1/query_range', 'POST', 'query=sum%28up%29+%2B+1&start=0&end=60&step=15&limit=10']);
  });

  it('keeps the words and the type of a refusal', async () => {
    answer(422, '{"status":"error","errorType":"execution","error":"query processing would load too many samples"}');
    const error = await failure();
    expect(error).toBeInstanceOf(PrometheusError);
    expect(error).toMatchObject({ type: 'execution', message: 'query processing would load too many samples' });
  });

  it.each([
    [401, '{"status":"error","errorType":"unauthorized","error":"x"}', 'SIGN_IN_REQUIRED'],
    [403, '{"error":{"code":"PERMISSION_DENIED","message":"x","details":{"role":"viewer","permission":"p"}}}', 'PERMISSION_DENIED'],
    [502, '<html>bad gateway</html>', 'SERVER_UNREACHABLE'],
    [200, 'null', 'SERVER_UNREACHABLE'],
  ])('of status %d with %s is %s', async (status, body, code) => {
    answer(status, body);
    const error = await failure();
    expect(error instanceof AppError && error.code).toBe(code);
  });

  it('says that nobody answers, and of an abort only that it was one', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect(await failure()).toMatchObject({ code: 'SERVER_UNREACHABLE' });
    await expect(ask(AbortSignal.abort())).rejects.toThrow('fetch failed');
  });
});
