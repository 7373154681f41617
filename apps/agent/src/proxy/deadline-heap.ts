/** What is to happen at a moment on the monotonic clock. */
export interface Deadline {
  readonly dueMs: number;
  readonly act: () => void;
  /** Its index in the heap, which alone writes it; -1 outside. */
  place: number;
}

/** Deadlines with the earliest on top: a binary heap in which each knows its place, so that any can be taken out. */
export class DeadlineHeap {
  private readonly items: Deadline[] = [];

  get first(): Deadline | undefined {
    return this.items[0];
  }

  add(deadline: Deadline): void {
    this.items.push(deadline);
    this.rise(deadline, this.items.length - 1);
  }

  /** Harmless for one that is not in the heap. */
  remove(deadline: Deadline): void {
    const { place } = deadline;
    if (place < 0) return;
    deadline.place = -1;
    const last = this.items.pop();
    if (last === undefined || last === deadline) return;
    if (place > 0 && last.dueMs < this.items[(place - 1) >> 1]!.dueMs) this.rise(last, place);
    else this.sink(last, place);
  }

  private rise(deadline: Deadline, from: number): void {
    let place = from;
    while (place > 0) {
      const parent = this.items[(place - 1) >> 1]!;
      if (parent.dueMs <= deadline.dueMs) break;
      this.put(parent, place);
      place = (place - 1) >> 1;
    }
    this.put(deadline, place);
  }

  private sink(deadline: Deadline, from: number): void {
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= this.items.length) break;
      const right = left + 1;
      const child = right < this.items.length && this.items[right]!.dueMs < this.items[left]!.dueMs ? right : left;
      if (this.items[child]!.dueMs >= deadline.dueMs) break;
      this.put(this.items[child]!, place);
      place = child;
    }
    this.put(deadline, place);
  }

  private put(deadline: Deadline, place: number): void {
    this.items[place] = deadline;
    deadline.place = place;
  }
}
