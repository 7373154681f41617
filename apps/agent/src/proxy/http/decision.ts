import type { BodyFault, ConnectionRule, HeaderEdit, RequestVerdict } from '#faults';
import type { LinkRule } from '../relay.js';

type Act = Exclude<RequestVerdict, { readonly type: 'pass' }>;
type EndingVerdict = Extract<RequestVerdict, { readonly type: 'respond' | 'hang' }>;

interface Effect {
  readonly faultId: string;
  readonly announce: boolean;
  readonly act: Act;
}

/** What ends an exchange in place of its normal course. */
export interface Ending {
  readonly faultId: string;
  readonly verdict: EndingVerdict;
}
export interface BodyEffect {
  readonly faultId: string;
  readonly fault: BodyFault;
}

/**
 * What several rules made of one message. They are asked in the order in which they began; delays add up, edits of heads and bodies are made one after
 * the other, and the first that answers or hangs ends it: nothing is left for those behind it, so they are not asked and draw no lots.
 */
export class Decision {
  // Most messages are touched by nothing, also while a fault acts.
  private static readonly nothing = new Decision([]);

  private constructor(private readonly effects: readonly Effect[]) {}

  static of(rules: readonly LinkRule[], ask: (rule: ConnectionRule) => RequestVerdict | undefined): Decision {
    const effects: Effect[] = [];
    for (const { faultId, announce, rule } of rules) {
      const act = ask(rule);
      if (act === undefined || act.type === 'pass') continue;
      effects.push({ faultId, announce, act });
      if (ends(act)) break;
    }
    return effects.length === 0 ? Decision.nothing : new Decision(effects);
  }

  get touches(): boolean {
    return this.effects.length > 0;
  }
  /** Faults that are to be named to the caller. */
  get announced(): readonly string[] {
    return this.effects.filter(({ announce }) => announce).map(({ faultId }) => faultId);
  }
  get delayMs(): number {
    return this.effects.reduce((sumMs, { act }) => sumMs + (act.type === 'delay' ? act.delayMs : 0), 0);
  }
  get headerEdits(): readonly HeaderEdit[] {
    return this.effects.flatMap(({ act }) => (act.type === 'rewrite' && act.headers !== undefined ? [act.headers] : []));
  }
  get bodyEffects(): readonly BodyEffect[] {
    return this.effects.flatMap(({ faultId, act }) => (act.type === 'rewrite' && act.body !== undefined ? [{ faultId, fault: act.body }] : []));
  }
  get ending(): Ending | null {
    const last = this.effects.at(-1);
    return last !== undefined && ends(last.act) ? { faultId: last.faultId, verdict: last.act } : null;
  }

  involves(faultId: string): boolean {
    return this.effects.some((effect) => effect.faultId === faultId);
  }

  /** What is left when a fault ends before its part was carried out. */
  without(faultId: string): Decision {
    return new Decision(this.effects.filter((effect) => effect.faultId !== faultId));
  }
}

function ends(act: Act): act is EndingVerdict {
  return act.type === 'respond' || act.type === 'hang';
}
