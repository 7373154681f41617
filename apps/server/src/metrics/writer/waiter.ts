/** A promise that is settled from outside. */
export class Waiter {
  resolve!: () => void;
  reject!: (error: Error) => void;
  readonly done: Promise<void>;

  constructor() {
    this.done = new Promise<void>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}
