import type { RequestVerdict } from '#faults';
import { describe, expect, it } from 'vitest';
import { Decision } from './decision.js';

const hang: RequestVerdict = { type: 'hang', closeAfterMs: null };
const delay = (delayMs: number): RequestVerdict => ({ type: 'delay', delayMs });
const decide = (...verdicts: (RequestVerdict | undefined)[]): Decision =>
  Decision.of(
    verdicts.map((verdict, i) => ({ faultId: `f${i}`, announce: i % 2 === 0, rule: verdict === undefined ? {} : { onRequest: () => verdict } })),
    (rule) => rule.onRequest?.({ method: 'GET', target: '/', path: '/', headers: new Map() }),
  );

describe('Decision', () => {
  it('adds delays, and keeps edits in the order of the rules', () => {
    const edit = (name: string): RequestVerdict => ({ type: 'rewrite', headers: { remove: [name], set: [] } });
    const decision = decide(delay(10), edit('a'), { type: 'pass' }, edit('b'), delay(5), undefined);
    expect(decision.delayMs).toBe(15);
    expect(decision.headerEdits.flatMap(({ remove }) => remove)).toEqual(['a', 'b']);
    expect(decision.ending).toBeNull();
  });

  it('ends with the first that ends it, after the delays in front', () => {
    const decision = decide(delay(10), hang, delay(5));
    expect([decision.delayMs, decision.ending?.faultId]).toEqual([10, 'f1']);
  });

  it('names the announcing faults that touched, and no others', () => {
    expect(decide(delay(1), delay(1), { type: 'pass' }, undefined, delay(1)).announced).toEqual(['f0', 'f4']);
    expect(decide({ type: 'pass' }, undefined).touches).toBe(false);
  });

  it('has no part of a fault that ended', () => {
    const left = decide(delay(10), delay(5), hang).without('f2').without('f0');
    expect([left.delayMs, left.ending, left.involves('f0'), left.involves('f1')]).toEqual([5, null, false, true]);
  });
});
