import { describe, expect, it } from 'vitest';
import { seededRandom } from '../chance/random.js';
import { MEAN_PAGES_PER_JOURNEY, planJourney } from './journeys.js';

const random = seededRandom(11);
const journeys = Array.from({ length: 4_000 }, (_, i) => planJourney(`de-${i}`, random));

describe('journeys', () => {
  it('have the mean length that rates are computed with', () => {
    const pages = journeys.reduce((sum, journey) => sum + journey.length, 0);
    expect(pages / journeys.length).toBeGreaterThan(MEAN_PAGES_PER_JOURNEY * 0.98);
    expect(pages / journeys.length).toBeLessThan(MEAN_PAGES_PER_JOURNEY * 1.02);
  });

  it('begin at once and leave time to look at each page', () => {
    for (const journey of journeys) {
      expect(journey[0]?.atMs).toBe(0);
      for (const [i, view] of journey.slice(1).entries()) expect(view.atMs - (journey[i]?.atMs ?? 0)).toBeGreaterThanOrEqual(600);
    }
  });

  it('put something into the cart before they check out', () => {
    for (const journey of journeys) {
      const checkout = journey.findIndex((view) => view.path === '/checkout');
      if (checkout >= 0) expect(journey.slice(0, checkout).some((view) => view.path === '/cart/items')).toBe(true);
    }
    expect(journeys.some((journey) => journey.some((view) => view.path === '/checkout'))).toBe(true);
  });

  it('name the shopper and nobody else on every page', () => {
    const views = planJourney('jp-42', seededRandom(5));
    for (const view of views) expect(JSON.stringify([view.path, view.body])).toContain('jp-42');
  });

  it('are the same for the same seed', () => {
    expect(planJourney('de-1', seededRandom(9))).toEqual(planJourney('de-1', seededRandom(9)));
  });
});
