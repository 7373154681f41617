import { performance } from 'node:perf_hooks';
import { STREAMS } from '#contracts';
import type { Stream } from '#contracts';
import { Forgetting } from './forgetting.js';
import type { LinkRule, RuleSource } from './relay.js';
import type { StreamPipe } from './stream-pipe.js';

/** The rules of one link, and what they set going on it by themselves: stages in its pipes, and the moment at which it is forgotten. */
export class LinkRules implements RuleSource {
  active: readonly LinkRule[] = [];
  private readonly forgetting: Forgetting;
  private running = false;

  constructor(
    private readonly pipes: Readonly<Record<Stream, StreamPipe>>,
    onForgotten: () => void,
  ) {
    this.forgetting = new Forgetting(onForgotten);
  }

  get forgotten(): boolean {
    return this.forgetting.over;
  }
  /** A rule's stage acts on one of the streams. */
  get staged(): boolean {
    return this.pipes.upstream.staged || this.pipes.downstream.staged;
  }

  /** A rule begins, behind those that are named. It takes the place of the one with its own name. */
  put(rule: LinkRule, forerunners: readonly string[]): void {
    const others = this.active.filter(({ faultId }) => faultId !== rule.faultId);
    const place = others.filter(({ faultId }) => forerunners.includes(faultId)).length;
    const isUpdate = others.length < this.active.length;
    this.active = others.toSpliced(place, 0, rule);
    for (const stream of STREAMS) this.stage(stream, rule, forerunners);
    if (this.running && !isUpdate) this.watch(rule);
  }

  /** The connection is made: what acts by time alone begins. */
  run(nowMs: number): void {
    this.running = true;
    for (const stream of STREAMS) this.pipes[stream].start(nowMs);
    for (const rule of this.active) this.watch(rule);
  }

  /** Takes a rule away; what its stages hold goes on. True when only a reset is left for the connection. */
  lift(faultId: string): boolean {
    this.active = this.active.filter((rule) => rule.faultId !== faultId);
    for (const stream of STREAMS) {
      const section = this.pipes[stream].find(faultId);
      if (section !== undefined) this.pipes[stream].remove(section);
    }
    return this.forgetting.lifted(faultId);
  }

  drop(): void {
    for (const stream of STREAMS) this.pipes[stream].drop();
    this.forgetting.drop();
  }

  private stage(stream: Stream, { faultId, rule }: LinkRule, forerunners: readonly string[]): void {
    const pipe = this.pipes[stream];
    const old = pipe.find(faultId);
    const stage = rule.stage?.(stream, old?.stage) ?? null;
    if (stage === null) return old === undefined ? undefined : pipe.remove(old);
    const section = old === undefined ? pipe.add(faultId, stage, forerunners) : pipe.replace(old, stage);
    if (this.running) section.start(performance.now());
  }

  private watch({ faultId, rule }: LinkRule): void {
    if (rule.forgetAfterMs != null) this.forgetting.watch(faultId, rule.forgetAfterMs);
  }
}
