/** One double and its bits, seen as two words of an Int32Array over the same memory; which word is which depends on the machine. */
export const floatBox = new Float64Array(1);
export const floatWords = new Int32Array(floatBox.buffer);

floatBox[0] = 1;
/** Index of the word with the low half of the mantissa, and of the one with sign and exponent. */
export const LOW = floatWords[0] === 0 ? 0 : 1;
export const HIGH = 1 - LOW;

/** The one NaN that comes back, whichever went in. */
const NAN_HIGH = 0x7ff8_0000;

/** Puts the value into the box, any NaN as the quiet one. */
export function boxFloat(value: number): void {
  floatBox[0] = value;
  if (value !== value) {
    floatWords[LOW] = 0;
    floatWords[HIGH] = NAN_HIGH;
  }
}

export function isNegativeZero(value: number): boolean {
  return value === 0 && 1 / value < 0;
}
