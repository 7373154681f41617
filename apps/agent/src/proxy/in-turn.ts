/** Runs what is asked for one after another for each key; what is asked for different keys runs side by side. */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>();

  /** The keys for which something runs or waits. */
  get busy(): readonly string[] {
    return [...this.last.keys()];
  }

  run<T>(key: string, act: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    // A failure is its own caller's; it must not keep the next from its turn.
    const done = before.then(act, act);
    this.last.set(key, done);
    const forget = (): void => {
      if (this.last.get(key) === done) this.last.delete(key);
    };
    done.then(forget, forget);
    return done;
  }
}
