import { isDeepStrictEqual } from 'node:util';
import type { ScrapeClock } from '../scrape-clock.js';
import type { Discovery, DiscoveryProblem, TargetFinder } from './discovery.js';
import type { TargetGroup } from './target-group.js';

// Who writes a file does so in several steps; and a folder full of files is written one by one.
const SETTLE_MS = 100;

/** Looks at once, then every `refreshMs`, and when the finder says that something changed. One look at a time, each given up after `refreshMs`. */
export class PollingDiscovery implements Discovery {
  groups: readonly TargetGroup[] = [];
  tried = false;
  problem: DiscoveryProblem | null = null;
  private changed: () => void = () => undefined;
  private cancelNext: () => void = () => undefined;
  private looking: AbortController | null = null;
  private lookAgain = false;
  private stopped = false;

  constructor(
    private readonly finder: TargetFinder,
    private readonly refreshMs: number,
    private readonly clock: ScrapeClock,
  ) {}

  start(changed: () => void): void {
    this.changed = changed;
    this.finder.watch?.(() => this.lookSoon());
    void this.look();
  }

  stop(): void {
    this.stopped = true;
    this.cancelNext();
    this.looking?.abort();
    this.finder.close();
  }

  private lookSoon(): void {
    if (this.stopped) return;
    if (this.looking === null) this.lookIn(SETTLE_MS);
    else this.lookAgain = true;
  }

  private lookIn(ms: number): void {
    this.cancelNext();
    this.cancelNext = this.clock.after(ms, () => void this.look());
  }

  private async look(): Promise<void> {
    const looking = new AbortController();
    this.looking = looking;
    const cancelTimeout = this.clock.after(this.refreshMs, () => looking.abort(new Error(`no complete answer within ${this.refreshMs} ms`)));
    const result = await this.finder.find(looking.signal).catch((error: unknown) => ({ groups: this.groups, problem: error instanceof Error ? error.message : String(error) }));
    cancelTimeout();
    this.looking = null;
    if (this.stopped) return;
    this.take(result.groups, result.problem);
    this.lookIn(this.lookAgain ? SETTLE_MS : this.refreshMs);
    this.lookAgain = false;
  }

  private take(groups: readonly TargetGroup[], problem: string | null): void {
    const news = !this.tried || !isDeepStrictEqual(groups, this.groups);
    this.groups = groups;
    this.tried = true;
    this.problem = problem === null ? null : { message: problem, sinceMs: this.problem?.sinceMs ?? this.clock.wallMs() };
    if (news) this.changed();
  }
}
