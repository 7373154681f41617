/** Gives strings their places in the dictionary of a stream. A place is never given again, so what a client has learnt stays true. */
export class StringTable {
  private readonly places = new Map<string, number>();

  get size(): number {
    return this.places.size;
  }

  placeOf(text: string): number {
    const known = this.places.get(text);
    if (known !== undefined) return known;
    const place = this.places.size;
    this.places.set(text, place);
    return place;
  }

  /** All strings from the given place on, in order. */
  since(firstIndex: number): string[] {
    return [...this.places.keys()].slice(firstIndex);
  }
}
