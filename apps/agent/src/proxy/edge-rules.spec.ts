import { describe, expect, it } from 'vitest';
import type { ConnectionFacts, EdgeRule } from '#faults';
import { EdgeRules } from './edge-rules.js';

const NEW = { sourceAddress: '10.0.0.7', isNew: true };

/** A rule that notes what it is asked, and hits connections with an even number. */
function noting(asked: ConnectionFacts[], more: Partial<EdgeRule> = {}): EdgeRule {
  return { announce: true, forConnection: (facts) => (asked.push(facts), facts.index % 2 === 0 ? {} : null), ...more };
}

describe('EdgeRules', () => {
  it('numbers the connections for each rule from its own beginning', () => {
    const rules = new EdgeRules();
    const [first, second]: [ConnectionFacts[], ConnectionFacts[]] = [[], []];
    rules.put({ faultId: 'a', rule: noting(first) });
    expect(rules.askAll(NEW).map(({ faultId }) => faultId)).toEqual(['a']);
    rules.put({ faultId: 'b', rule: noting(second) });
    expect(rules.ask('b', { ...NEW, isNew: false })).toMatchObject({ faultId: 'b', announce: true });
    expect(rules.askAll(NEW)).toEqual([]);
    expect([first.map(({ index }) => index), second]).toEqual([[0, 1], [{ index: 0, sourceAddress: '10.0.0.7', isNew: false }, { index: 1, ...NEW }]]);
  });

  it('keeps the place of a rule that is replaced, and counts anew', () => {
    const rules = new EdgeRules();
    const asked: ConnectionFacts[] = [];
    for (const faultId of ['a', 'b', 'c']) rules.put({ faultId, rule: noting([]) });
    rules.askAll(NEW);
    rules.put({ faultId: 'b', rule: noting(asked) });
    expect([rules.active.map(({ faultId }) => faultId), rules.before('b'), rules.before('c')]).toEqual([['a', 'b', 'c'], ['a'], ['a', 'b']]);
    rules.askAll(NEW);
    expect(asked[0]?.index).toBe(0);
  });

  it('keeps the port closed for as long as one rule asks for it', () => {
    const rules = new EdgeRules();
    for (const faultId of ['a', 'b']) rules.put({ faultId, rule: noting([], { listener: 'closed' }) });
    rules.lift('a');
    rules.lift('a');
    expect([rules.keepClosed, rules.has('a')]).toEqual([true, false]);
    rules.lift('b');
    expect([rules.keepClosed, rules.empty]).toEqual([false, true]);
  });
});
