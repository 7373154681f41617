import { isNegativeZero } from './float-words.js';

/*
 * Of what whole numbers the values of a column are made, as a number:
 *   0          themselves
 *   1 to 12    k / 10^n, as exporters have it that divide ticks or parse decimals
 *   13 to 24   k * 10^-n, which is not always the same number: as those have it that multiply
 *   25         of their bits: seen as whole numbers, neighbours are close
 */
const MAX_DECIMALS = 12;
const MULTIPLIED = MAX_DECIMALS;
const WHOLE = 0;
export const FLOAT_BITS = 2 * MAX_DECIMALS + 1;
// Differences of two are then exact.
const MAX_WHOLE = 2 ** 52;

const POWERS = Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => Number(`1e${decimals}`));
// Not 1 / POWERS, which is not always the nearest number.
const FRACTIONS = Array.from({ length: MAX_DECIMALS + 1 }, (_, decimals) => Number(`1e-${decimals}`));

/** Puts the whole numbers into `into` and gives their source; -1 where there is none but FLOAT_BITS. */
export function wholeNumbersOf(values: Float64Array, into: Float64Array): number {
  const fraction = firstFraction(values);
  if (fraction < 0) return -1;
  if (fraction === values.length) {
    into.set(values);
    return WHOLE;
  }
  for (const multiplied of [0, MULTIPLIED]) {
    const decimals = decimalsOf(values, fraction, multiplied);
    // What was exact with fewer decimals need not be with more, so all is checked again.
    if (decimals <= MAX_DECIMALS && allWhole(values, multiplied + decimals, into)) return multiplied + decimals;
  }
  return -1;
}

/** Of whole numbers the number of values; -1 where one is not even finite, too large or a zero with a sign. */
function firstFraction(values: Float64Array): number {
  let first = values.length;
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i]!;
    if (!(Math.abs(value) <= MAX_WHOLE) || (value === 0 && isNegativeZero(value))) return -1;
    if (Math.floor(value) !== value) first = i;
  }
  return first;
}

function decimalsOf(values: Float64Array, from: number, multiplied: number): number {
  let decimals = 1;
  for (let i = from; i < values.length; i++) {
    const value = values[i]!;
    while (decimals <= MAX_DECIMALS && valueOf(Math.round(value * POWERS[decimals]!), multiplied + decimals) !== value) decimals += 1;
    if (decimals > MAX_DECIMALS) break;
  }
  return decimals;
}

function allWhole(values: Float64Array, source: number, into: Float64Array): boolean {
  const power = POWERS[source > MULTIPLIED ? source - MULTIPLIED : source]!;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const whole = Math.round(value * power);
    if (!(Math.abs(whole) <= MAX_WHOLE) || valueOf(whole, source) !== value) return false;
    into[i] = whole;
  }
  return true;
}

function valueOf(whole: number, source: number): number {
  return source > MULTIPLIED ? whole * FRACTIONS[source - MULTIPLIED]! : whole / POWERS[source]!;
}

/** Turns whole numbers into the values that they stand for. */
export function toValues(whole: Float64Array, source: number): void {
  if (source === WHOLE) return;
  if (source > MULTIPLIED) {
    const fraction = FRACTIONS[source - MULTIPLIED]!;
    for (let i = 0; i < whole.length; i++) whole[i]! *= fraction;
  } else {
    const power = POWERS[source]!;
    for (let i = 0; i < whole.length; i++) whole[i]! /= power;
  }
}
