import { describe, expect, it } from 'vitest';
import { DATE_FUNCTIONS } from './dates.js';
import { histogramOf } from './range-window.fixture.js';
import { sampleOf, stepContext, vectorOf } from './step.fixture.js';

const partsOf = (seconds: number) =>
  Object.fromEntries(Object.entries(DATE_FUNCTIONS).map(([name, { evaluate }]) => [name, evaluate([vectorOf(sampleOf(seconds))], stepContext())[0]!.value]));

describe('dates', () => {
  it('are in UTC', () => {
    // Friday 2024-03-01 23:59:59.
    expect(partsOf(1_709_337_599)).toEqual({ year: 2024, month: 3, day_of_month: 1, day_of_week: 5, day_of_year: 61, days_in_month: 31, hour: 23, minute: 59 });
    // Thursday 2100-02-28, in no leap year.
    expect(partsOf(4_107_456_000)).toMatchObject({ year: 2100, month: 2, day_of_week: 0, day_of_year: 59, days_in_month: 28 });
  });

  it('go back before 1970 and before the year 100', () => {
    // Wednesday 1969-12-31 23:59:59, and a leap year under 100.
    expect(partsOf(-1)).toEqual({ year: 1969, month: 12, day_of_month: 31, day_of_week: 3, day_of_year: 365, days_in_month: 31, hour: 23, minute: 59 });
    expect(partsOf(Date.parse('0096-02-29T00:00:00Z') / 1000)).toMatchObject({ year: 96, day_of_year: 60, days_in_month: 29 });
  });

  it('drop fractions of a second towards 1970', () => {
    expect(partsOf(-0.9)).toMatchObject({ year: 1970 });
  });

  it('are NaN where there is no date', () => {
    for (const seconds of [NaN, Infinity, 1e20]) expect(Object.values(partsOf(seconds))).toEqual(Object.values(DATE_FUNCTIONS).map(() => NaN));
  });

  it('are of the step where no vector is given', () => {
    expect(DATE_FUNCTIONS.minute.evaluate([], stepContext())).toEqual([{ labels: [], dropName: false, value: 1 }]);
  });

  it('leave histograms out', () => {
    expect(DATE_FUNCTIONS.hour.evaluate([vectorOf(sampleOf(histogramOf([1])))], stepContext())).toEqual([]);
  });
});
