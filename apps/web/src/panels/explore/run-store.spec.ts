import { describe, expect, it } from 'vitest';
import type { PrometheusAnswer, QueryData } from '../../api/prometheus-api.js';
import type { RunRequest } from './run-store.js';
import { RunStore } from './run-store.js';

const request = (id: number, query: string, endSec = 100): RunRequest => ({ id, runNo: 1, query, tab: 'table', startSec: 0, endSec, stepSec: 1 });
const answerOf = (text: string): PrometheusAnswer<QueryData> => ({ data: { resultType: 'string', result: [0, text] }, warnings: [], infos: [] });

/** A server that answers when it is told to. */
function heldServer() {
  const calls: { query: string; signal: AbortSignal; answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  let nowMs = 0;
  const store = new RunStore(({ query }, signal) => new Promise((resolve, reject) => calls.push({ query, signal, answer: (text) => resolve(answerOf(text)), fail: reject })), () => (nowMs += 7));
  const settle = () => new Promise((done) => setTimeout(done, 0));
  const shown = (id: number) => store.get().get(id)?.answered?.answer.data.result;
  return { calls, store, settle, shown };
}

describe('RunStore', () => {
  it('shows each answer as it comes and how long it took', async () => {
    const { calls, store, settle, shown } = heldServer();
    store.start([request(1, 'a'), request(2, 'b')]);
    calls[1]?.answer('of b');
    await settle();
    expect([store.get().get(1)?.state, store.get().get(2)?.state, shown(2)]).toEqual(['running', 'answered', [0, 'of b']]);
    expect(store.get().get(2)?.answered?.tookMs).toBeGreaterThan(0);
  });

  it('cancels what is superseded, and never shows its answer', async () => {
    const { calls, store, settle, shown } = heldServer();
    store.start([request(1, 'old')]);
    store.start([request(1, 'new')]);
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    calls[1]?.answer('new');
    calls[0]?.answer('old');
    await settle();
    expect(shown(1)).toEqual([0, 'new']);
  });

  it('keeps an answer while the same is asked again and when that fails', async () => {
    const { calls, store, settle, shown } = heldServer();
    store.start([request(1, 'a')]);
    calls[0]?.answer('first');
    await settle();
    store.start([request(1, 'a', 200)]);
    expect(shown(1)).toEqual([0, 'first']);
    calls[1]?.fail(new Error('away'));
    await settle();
    expect([store.get().get(1)?.state, shown(1)]).toEqual(['failed', [0, 'first']]);
  });

  it('does not keep the answer to another query', async () => {
    const { calls, store, settle, shown } = heldServer();
    store.start([request(1, 'a')]);
    calls[0]?.answer('first');
    await settle();
    store.start([request(1, 'b')]);
    expect(shown(1)).toBeUndefined();
  });

  it('says of what was running that it was cancelled', async () => {
    const { calls, store, settle } = heldServer();
    store.start([request(1, 'a')]);
    store.cancel();
    calls[0]?.fail(new Error('aborted'));
    await settle();
    expect([store.get().get(1)?.state, calls[0]?.signal.aborted]).toEqual(['cancelled', true]);
  });

  it('does not ask again what it knows or asks already, unless it is told to', async () => {
    const { calls, store, settle, shown } = heldServer();
    store.start([request(1, 'a'), request(2, 'b'), request(3, 'c')]);
    calls[0]?.answer('of a');
    await settle();
    store.start([request(1, 'a'), request(2, 'b')]);
    expect([calls.length, shown(1), calls[1]?.signal.aborted, calls[2]?.signal.aborted]).toEqual([3, [0, 'of a'], false, true]);
    store.start([{ ...request(1, 'a'), runNo: 2 }, request(2, 'b')]);
    expect([calls.length, calls[3]?.query]).toEqual([4, 'a']);
  });

  it('forgets rows that are gone', () => {
    const { calls, store } = heldServer();
    store.start([request(1, 'a')]);
    store.start([]);
    expect([store.get().size, calls[0]?.signal.aborted]).toEqual([0, true]);
  });
});
