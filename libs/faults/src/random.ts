/** A source of evenly spread numbers in [0, 1): a parameter of everything that draws lots, so that a run can be repeated. */
export type Random = () => number;

/**
 * sfc32 (Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush, a few integer operations a draw. Same seed, same sequence.
 * The first draws still show how small seeds differ in few bits, so they are thrown away.
 */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = seed >>> 0;
  let c = 0x243f6a88;
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 0x1_0000_0000;
  };
  for (let i = 0; i < 12; i++) draw();
  return draw;
}

/** A fault's randomness: `of(index)` gives connection `index` its own sequence, whatever the order in which connections draw. */
export interface Seeded {
  of(index: number): Random;
}

export function seeded(seed: number): Seeded {
  // Odd constant of Weyl's sequence: neighbouring indexes start far apart.
  return { of: (index) => seededRandom((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0) };
}
