import type { ConnectionFacts } from '#faults';
import type { ActiveRule, LinkRule } from './relay.js';

interface Counted {
  readonly active: ActiveRule;
  /** How many connections have been asked about since the rule began. */
  connections: number;
}

/** The rules that act on an edge, in the order in which they began. Each counts the connections that it was asked about. */
export class EdgeRules {
  private rules: Counted[] = [];

  get active(): readonly ActiveRule[] {
    return this.rules.map(({ active }) => active);
  }
  get empty(): boolean {
    return this.rules.length === 0;
  }
  /** A rule asks that nothing listens. */
  get keepClosed(): boolean {
    return this.rules.some(({ active }) => active.rule.listener === 'closed');
  }

  has(faultId: string): boolean {
    return this.rules.some(({ active }) => active.faultId === faultId);
  }

  /** Behind all others, or in the place of the one with its name; it counts connections from the start. */
  put(active: ActiveRule): void {
    const place = this.rules.findIndex((counted) => counted.active.faultId === active.faultId);
    if (place < 0) this.rules.push({ active, connections: 0 });
    else this.rules[place] = { active, connections: 0 };
  }

  lift(faultId: string): void {
    this.rules = this.rules.filter(({ active }) => active.faultId !== faultId);
  }

  /** The names of the rules that began before this one. */
  before(faultId: string): readonly string[] {
    const ids = this.rules.map(({ active }) => active.faultId);
    return ids.slice(0, ids.indexOf(faultId));
  }

  /** What a rule does to one more connection; null when it is not hit, or the rule does not act. */
  ask(faultId: string, connection: Omit<ConnectionFacts, 'index'>): LinkRule | null {
    const counted = this.rules.find(({ active }) => active.faultId === faultId);
    if (counted === undefined) return null;
    const rule = counted.active.rule.forConnection({ ...connection, index: counted.connections++ });
    return rule === null ? null : { faultId, announce: counted.active.rule.announce, rule };
  }

  /** What all of them do to one more connection. */
  askAll(connection: Omit<ConnectionFacts, 'index'>): readonly LinkRule[] {
    return this.rules.map(({ active }) => this.ask(active.faultId, connection)).filter((rule) => rule !== null);
  }
}
