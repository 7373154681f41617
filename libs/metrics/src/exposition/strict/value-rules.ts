export type ValueRule = 'any' | 'counter' | 'count' | 'sum' | 'quantile' | 'one' | 'state' | 'time';

interface Rule {
  readonly expected: string;
  holds(value: number): boolean;
}

/** OpenMetrics 1.0, "Metric Types": what a sample's value must be. */
export const VALUE_RULES: Record<ValueRule, Rule> = {
  any: { expected: 'any number', holds: () => true },
  counter: { expected: 'a number that is neither NaN nor negative, as it is a counter', holds: (value) => value >= 0 },
  count: { expected: 'an integer that is not negative, as it is a count', holds: (value) => Number.isInteger(value) && value >= 0 },
  sum: { expected: 'a number that is not NaN', holds: (value) => !Number.isNaN(value) },
  quantile: { expected: 'a number that is not negative, as it is the value of a quantile', holds: (value) => !(value < 0) },
  one: { expected: '1, which is the value of every info', holds: (value) => value === 1 },
  state: { expected: '0 or 1, as it is a state', holds: (value) => value === 0 || value === 1 },
  time: { expected: 'a time in seconds', holds: (value) => Number.isFinite(value) },
};
