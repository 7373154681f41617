import { seededRandom } from '#faults';
import { planRound, runRound } from './fault-round.js';
import type { RoundPlan, RoundResult } from './fault-round.js';
import { SoakWorld } from './soak-world.js';

export interface CampaignOptions {
  readonly times: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

interface KindCount {
  rounds: number;
  worstMs: number;
}

export interface CampaignResult {
  readonly passed: number;
  readonly failed: number;
  /** Targets that this host does not let be broken. */
  readonly skipped: number;
  readonly unavailable: Readonly<Record<string, string>>;
  /** From the last kill to the last clean target, over all rounds. */
  readonly worstMs: number;
  /** Faults that acted when the first kill of their round came. */
  readonly acting: number;
  /** How often each was killed. */
  readonly victims: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, KindCount>>;
  readonly problems: readonly string[];
}

/** Rounds of kills over one world, drawn from a seed. */
export async function runFaultCampaign({ times, seed, say }: CampaignOptions): Promise<CampaignResult> {
  const random = seededRandom(seed);
  const world = await SoakWorld.start();
  try {
    const { able, unavailable } = await world.targets();
    for (const [kind, reason] of Object.entries(unavailable)) say(`skipped ${kind}: ${reason}`);
    const tally = new Tally();
    for (let round = 1; round <= times; round += 1) {
      const plan = planRound(random, able);
      const result = await runRound(world, plan);
      say(`${round}/${times} ${tally.add(round, plan, result)}`);
    }
    return { ...tally.result(), skipped: Object.keys(unavailable).length, unavailable };
  } catch (error) {
    say(world.log().split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    await world.stop();
  }
}

class Tally {
  private passed = 0;
  private worstMs = 0;
  private acting = 0;
  private readonly victims: Record<string, number> = {};
  private readonly kinds: Record<string, KindCount> = {};
  private readonly problems: string[] = [];

  /** Gives the round in one line. */
  add(round: number, { victims, targets }: RoundPlan, { acting, cleanMs, problem }: RoundResult): string {
    for (const victim of victims) this.victims[victim] = (this.victims[victim] ?? 0) + 1;
    for (const [{ kind }, ms] of cleanMs) this.count(kind, ms ?? Infinity);
    this.acting += acting;
    const roundMs = Math.max(...[...cleanMs.values()].map((ms) => ms ?? Infinity));
    this.worstMs = Math.max(this.worstMs, roundMs);
    if (problem === null) this.passed += 1;
    else this.problems.push(`round ${round}: ${problem}`);
    return `killed ${victims.join(', ')}; ${acting} acting of ${targets.map(({ kind }) => kind).join(' ')}; ${problem ?? `clean after ${Math.round(roundMs)} ms`}`;
  }

  result(): Omit<CampaignResult, 'skipped' | 'unavailable'> {
    const { passed, worstMs, acting, victims, kinds, problems } = this;
    return { passed, failed: problems.length, worstMs, acting, victims, kinds, problems };
  }

  private count(kind: string, ms: number): void {
    const count = (this.kinds[kind] ??= { rounds: 0, worstMs: 0 });
    count.rounds += 1;
    count.worstMs = Math.max(count.worstMs, Math.round(ms));
  }
}
