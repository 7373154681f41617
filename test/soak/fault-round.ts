import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_TTL_MS } from '#contracts';
import type { FaultView } from '#contracts';
import type { Random } from '#faults';
import { waitUntil } from '../support/wait-until.js';
import type { SoakTarget } from './soak-targets.js';
import type { SoakWorld } from './soak-world.js';

export type Victim = 'server' | 'agent' | 'watchdog';
export const VICTIMS: readonly Victim[] = ['server', 'agent', 'watchdog'];

/** A lease, and what a busy machine takes to notice: one look at every target, a timer that fires late, a process that starts. */
export const CLEAN_WITHIN_MS = LEASE_TTL_MS + 1_500;
// Applying all kinds takes about a second: kills fall into the middle of it in half of the rounds, and some time after it in the others.
const FIRST_KILL_WITHIN_MS = 1_000;
const NEXT_KILL_WITHIN_MS = 700;
const LOOK_EVERY_MS = 50;
const BROKEN_WITHIN_MS = 2_000;
// What was ordered just before a kill may still be on its way: a target that is clean has to stay so.
const LATE_ORDER_WITHIN_MS = 2_000;
// Beyond the time that is asked for, so that a late one is told from one that never lets go.
const GIVE_UP_AFTER_MS = 60_000;

export interface RoundPlan {
  readonly victims: readonly Victim[];
  readonly targets: readonly SoakTarget[];
  /** Whether the first kill waits until everything is broken. */
  readonly afterApplied: boolean;
  /** Before the first kill, the second and so on. */
  readonly pausesMs: readonly number[];
}

export interface RoundResult {
  /** How many faults the server knew to act when the first kill came. */
  readonly acting: number;
  /** Time from the last kill until each target was clean; null: not in sight of the end. */
  readonly cleanMs: ReadonlyMap<SoakTarget, number | null>;
  readonly problem: string | null;
}

/** Every draw of a round comes from here, so that a seed repeats a campaign. */
export function planRound(random: Random, able: readonly SoakTarget[]): RoundPlan {
  const victims = shuffled(VICTIMS, random).slice(0, 1 + Math.floor(random() * VICTIMS.length));
  const targets = shuffled(able, random).slice(0, 3 + Math.floor(random() * (able.length - 2)));
  return { victims, targets, afterApplied: random() < 0.5, pausesMs: victims.map((_, i) => random() * (i === 0 ? FIRST_KILL_WITHIN_MS : NEXT_KILL_WITHIN_MS)) };
}

/** Breaks the targets, kills the victims in the middle of it, and looks from outside until everything is whole again. */
export async function runRound(world: SoakWorld, plan: RoundPlan): Promise<RoundResult> {
  const { targets, victims } = plan;
  let acting = 0;
  const orders = Promise.allSettled(targets.map(({ create }) => world.api.createFault(create).then(() => (acting += 1))));
  const whole = plan.afterApplied ? await orders.then(() => untilBroken(targets)) : [];
  await sleep(plan.pausesMs[0] ?? 0);
  const actingAtKill = acting;
  const killedMs = await killAll(world, plan);
  await orders;
  // A watchdog alone is replaced and the faults live on, by right; then it is a person who ends them.
  if (!victims.includes('server') && !victims.includes('agent')) await stopAll(world);
  const staysMs = plan.afterApplied ? 0 : LATE_ORDER_WITHIN_MS;
  const looked = await Promise.all(targets.map(async (target) => [target, await untilClean(target, killedMs, staysMs)] as const));
  if (victims.includes('server')) await world.startServer();
  await settled(world);
  const late = looked.filter(([, ms]) => ms === null || ms > CLEAN_WITHIN_MS).map(([{ kind }, ms]) => `${kind} ${ms === null ? 'never' : `after ${Math.round(ms)} ms`}`);
  const problems = [
    ...(late.length === 0 ? [] : [`not clean within ${CLEAN_WITHIN_MS} ms: ${late.join(', ')}`]),
    // A campaign that breaks nothing would prove nothing.
    ...(whole.length === 0 ? [] : [`not broken before the kill: ${whole.map(({ kind }) => kind).join(', ')}`]),
  ];
  return { acting: actingAtKill, cleanMs: new Map(looked), problem: problems.length === 0 ? null : problems.join('; ') };
}

/** Those that a fault has not reached. A process that is told to stop does so when it gets a turn, which on a busy machine is not at once. */
async function untilBroken(targets: readonly SoakTarget[]): Promise<readonly SoakTarget[]> {
  let whole = targets;
  for (const endsAtMs = performance.now() + BROKEN_WITHIN_MS; whole.length > 0 && performance.now() < endsAtMs; await sleep(LOOK_EVERY_MS)) {
    const looks = await Promise.all(whole.map((target) => target.clean()));
    whole = whole.filter((_, i) => looks[i]);
  }
  return whole;
}

/** Gives the moment of the last kill. A killed agent is started again at once, as its supervisor does; a server only when all is clean, or it would renew what it finds. */
async function killAll(world: SoakWorld, { victims, pausesMs }: RoundPlan): Promise<number> {
  const restarts: Promise<void>[] = [];
  let killedMs = performance.now();
  for (const [i, victim] of victims.entries()) {
    if (i > 0) await sleep(pausesMs[i] ?? 0);
    killedMs = performance.now();
    if (victim === 'server') await world.killServer();
    if (victim === 'watchdog') for (const pid of world.watchdogs()) killQuietly(pid);
    if (victim === 'agent') {
      await world.killAgent();
      restarts.push(world.startAgent());
    }
  }
  await Promise.all(restarts);
  return killedMs;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the look and the signal.
  }
}

async function stopAll({ api }: SoakWorld): Promise<void> {
  const live = await api.need<FaultView[]>('GET', '/api/faults?state=live');
  await Promise.all(live.map(({ id }) => api.revert(id)));
}

/** Since when it is clean for good, counted from `sinceMs`; null when that is not in sight. */
async function untilClean(target: SoakTarget, sinceMs: number, staysMs: number): Promise<number | null> {
  let cleanSinceMs: number | null = null;
  while (performance.now() - sinceMs < GIVE_UP_AFTER_MS) {
    const lookedMs = performance.now();
    cleanSinceMs = (await target.clean()) ? (cleanSinceMs ?? lookedMs) : null;
    if (cleanSinceMs !== null && performance.now() - cleanSinceMs >= staysMs) return cleanSinceMs - sinceMs;
    await sleep(LOOK_EVERY_MS);
  }
  return null;
}

/** Everybody knows that it is over, so that the next round starts from nothing. */
async function settled(world: SoakWorld): Promise<void> {
  await world.connected();
  await waitUntil('no fault is live', async () => (await world.api.need<FaultView[]>('GET', '/api/faults?state=live')).length === 0, GIVE_UP_AFTER_MS);
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const left = [...values];
  return values.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}
