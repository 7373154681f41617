const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
// Below 2 the series needs under 40 terms; from 2 on the fraction is exact to the last digits with 80.
const SERIES_BELOW = 2;
const FRACTION_DEPTH = 80;
const DOUBLE_EPSILON = 1e-17;
// Phi(-38) is the last value above zero in a double.
const LAST_Z = 39;

/** Phi: the share of a standard normal below `z`, within 1e-12. */
export function normalCdf(z: number): number {
  return z < 0 ? upperErrorFunction(-z / Math.SQRT2) / 2 : 1 - upperErrorFunction(z / Math.SQRT2) / 2;
}

/** The z with `normalCdf(z) = share`, for a share strictly between 0 and 1. */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`A share must lie strictly between 0 and 1, not at ${share}.`);
  let low = -LAST_Z;
  let high = LAST_Z;
  for (let middle = 0; middle > low && middle < high; middle = low + (high - low) / 2) {
    if (normalCdf(middle) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** erfc(x) for x >= 0 (Abramowitz and Stegun, 7.1.6 and 7.1.14). */
function upperErrorFunction(x: number): number {
  return x < SERIES_BELOW ? 1 - errorFunctionSeries(x) : upperErrorFraction(x);
}

/** erf(x) = 2/sqrt(pi) e^(-x^2) (x + 2x^3/3 + 4x^5/15 + ...): all terms positive, so nothing cancels. */
function errorFunctionSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > DOUBLE_EPSILON * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
}

/** erfc(x) = e^(-x^2)/sqrt(pi) * 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))), from the inside out. */
function upperErrorFraction(x: number): number {
  let inner = x;
  for (let n = FRACTION_DEPTH; n >= 1; n--) inner = x + n / 2 / inner;
  return (TWO_OVER_ROOT_PI * Math.exp(-x * x)) / (2 * inner);
}
