import { DataTexture, FloatType, NearestFilter, RGBAFormat } from 'three';

// 150 ms for a change of focus: an exponential approach is 95 % there after three of these.
const EASE_SEC = 0.05;
const SETTLED = 0.004;

/**
 * A table in GPU memory: one row of float texels a thing, found by its id. Values are written at once or eased; the texture is uploaded at a
 * data tick or while something eases, never because a dot moves. Shaders read it with texelFetch by whole numbers only.
 */
export class RowTexture {
  texture: DataTexture;
  private data: Float32Array;
  private target: Float32Array;
  private readonly rows = new Map<number, number>();
  private readonly free: number[] = [];
  private readonly rowFloats: number;
  private settled = true;

  constructor(
    private readonly columns: number,
    private capacity = 64,
  ) {
    this.rowFloats = columns * 4;
    this.data = new Float32Array(capacity * this.rowFloats);
    this.target = new Float32Array(capacity * this.rowFloats);
    this.texture = this.newTexture();
  }

  rowOf(id: number): number | null {
    return this.rows.get(id) ?? null;
  }

  /** New ids get a row of zeros, gone ones give theirs back; returns the new ones. */
  join(ids: { has(id: number): boolean; keys(): Iterable<number> }): readonly number[] {
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      this.rows.delete(id);
      this.free.push(row);
    }
    const added = [...ids.keys()].filter((id) => !this.rows.has(id));
    for (const id of added) this.take(id);
    return added;
  }

  /** Writes values from float `offset` of the row on, at once. */
  write(id: number, offset: number, values: readonly number[]): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    this.data.set(values, row * this.rowFloats + offset);
    this.target.set(values, row * this.rowFloats + offset);
    this.texture.needsUpdate = true;
  }

  /** Lets values move there. */
  aim(id: number, offset: number, values: readonly number[]): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    this.target.set(values, row * this.rowFloats + offset);
    this.settled = false;
  }

  /** Moves everything towards where it was aimed, at once for an infinite time; true while there is more to do. */
  ease(elapsedSec: number): boolean {
    if (this.settled) return false;
    const share = 1 - Math.exp(-elapsedSec / EASE_SEC);
    let moving = false;
    for (let i = 0; i < this.data.length; i++) {
      const left = this.target[i]! - this.data[i]!;
      if (left === 0) continue;
      const close = Math.abs(left) < SETTLED || share >= 1;
      this.data[i] = close ? this.target[i]! : this.data[i]! + left * share;
      moving ||= !close;
    }
    this.settled = !moving;
    this.texture.needsUpdate = true;
    return moving;
  }

  dispose(): void {
    this.texture.dispose();
    this.rows.clear();
  }

  private take(id: number): void {
    const row = this.free.pop() ?? this.rows.size;
    if (row >= this.capacity) this.grow();
    this.rows.set(id, row);
    this.data.fill(0, row * this.rowFloats, (row + 1) * this.rowFloats);
    this.target.fill(0, row * this.rowFloats, (row + 1) * this.rowFloats);
  }

  private grow(): void {
    this.capacity *= 2;
    const wider = (old: Float32Array) => {
      const next = new Float32Array(this.capacity * this.rowFloats);
      next.set(old);
      return next;
    };
    this.data = wider(this.data);
    this.target = wider(this.target);
    this.texture.dispose();
    this.texture = this.newTexture();
  }

  private newTexture(): DataTexture {
    const texture = new DataTexture(this.data, this.columns, this.capacity, RGBAFormat, FloatType);
    texture.magFilter = NearestFilter;
    texture.minFilter = NearestFilter;
    texture.needsUpdate = true;
    return texture;
  }
}
