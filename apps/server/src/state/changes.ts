import { Logger } from '@nestjs/common';

type Listener<Change> = (change: Change) => void;

/** One kind of change that others may follow. Listeners are called at once, in the order they came. */
export class Changes<Change> {
  private readonly listeners = new Set<Listener<Change>>();
  private readonly log = new Logger('Changes');

  constructor(private readonly name: string) {}

  /** Returns the function that ends the subscription. */
  follow(listener: Listener<Change>): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(change: Change): void {
    for (const listener of this.listeners) this.tell(listener, change);
  }

  // One listener that fails must not keep the change from the others: a revert must not depend on the picture.
  private tell(listener: Listener<Change>, change: Change): void {
    try {
      listener(change);
    } catch (error) {
      this.log.error(`A follower of ${this.name} failed`, error instanceof Error ? error.stack : String(error));
    }
  }
}
