import { describe, expect, it } from 'vitest';
import { quietRate } from '../model/empty-world.js';
import { smallWorld } from '../model/small-world.js';
import type { EdgeRate, WorldEdge } from '../model/world.js';
import type { FlyingDot } from './dot-pool.js';
import { DotSchedule, scatter, travelSec } from './dot-schedule.js';
import { staticDots } from './static-dots.js';

const LENGTH_PX = 300;

function edgeWith(rate: Partial<EdgeRate>, seconds = 20): WorldEdge {
  const edge = smallWorld(['a>b']).edges.get(1);
  if (edge === undefined) throw new Error('smallWorld gave no edge 1.');
  const history = Array.from({ length: seconds }, (_, i) => ({ ...quietRate(100 + i), p50Ms: 50, ...rate }));
  return { ...edge, now: history.at(-1) ?? edge.now, history };
}

const inputOf = (edge: WorldEdge, requestsPerDot: number) => ({ edge, row: 0, lengthPx: LENGTH_PX, requestsPerDot });

/** Dots that pass `share` of the way between two times: what a viewer counts with a stopwatch. */
function passing(dots: readonly FlyingDot[], share: number, fromSec: number, toSec: number): number {
  return dots.filter((dot) => dot.leftAtSec + share * dot.travelSec >= fromSec && dot.leftAtSec + share * dot.travelSec < toSec).length;
}

describe('counting dots', () => {
  it.each([
    [0.8, 1],
    [7.3, 1],
    [23, 2],
    [310, 20],
  ])('at %d requests a second and %d a dot, dots passing a point times their worth are the rate, within 5 %', (requestsPerSec, requestsPerDot) => {
    const schedule = new DotSchedule();
    const edge = edgeWith({ requestsPerSec });
    const dots = Array.from({ length: 140 }, (_, sec) => schedule.dotsOf(inputOf(edge, requestsPerDot), edge.now, { fromSec: sec, spanSec: 1 })).flat();
    const counted = (passing(dots, 0.5, 10, 130) * requestsPerDot) / 120;
    expect(Math.abs(counted - requestsPerSec) / requestsPerSec).toBeLessThan(0.05);
  });

  it('a dot keeps its pace when answers become slow: only later ones are slower', () => {
    const schedule = new DotSchedule();
    const edge = edgeWith({ requestsPerSec: 10 });
    const fast = schedule.dotsOf(inputOf(edge, 1), { ...edge.now, p50Ms: 5 }, { fromSec: 0, spanSec: 1 });
    const slow = schedule.dotsOf(inputOf(edge, 1), { ...edge.now, p50Ms: 900 }, { fromSec: 1, spanSec: 1 });
    expect(slow[0]?.travelSec).toBeGreaterThan(2 * (fast[0]?.travelSec ?? 0));
    expect(new Set(fast.map((dot) => dot.travelSec)).size).toBe(1);
  });
});

describe('dots in flight', () => {
  it('fill the way at once: rate times travel time, from recorded seconds', () => {
    const edge = edgeWith({ requestsPerSec: 20 });
    const underWay = new DotSchedule().dotsInFlight(inputOf(edge, 1), 0).filter((dot) => dot.leftAtSec + dot.travelSec > 0);
    expect(Math.abs(underWay.length - 20 * travelSec(LENGTH_PX, 50))).toBeLessThanOrEqual(1);
  });

  it('are none on an edge without history', () => {
    expect(new DotSchedule().dotsInFlight(inputOf(edgeWith({ requestsPerSec: 20 }, 1), 1), 0)).toEqual([]);
  });
});

describe('still dots', () => {
  it('are as many as would be under way, evenly apart, on the edge now', () => {
    const edge = edgeWith({ requestsPerSec: 20, failuresPerSec: 10 });
    const travel = travelSec(LENGTH_PX, 50);
    const dots = staticDots(inputOf(edge, 1), travel, 7);
    const places = dots.map((dot) => (7 - dot.leftAtSec) / dot.travelSec);
    expect(Math.abs(dots.length - 20 * travel)).toBeLessThanOrEqual(1);
    expect(places.every((place) => place > 0 && place < 1)).toBe(true);
    expect(Math.abs(dots.filter(({ outcome }) => outcome === 'failure').length - dots.length / 2)).toBeLessThanOrEqual(1);
  });
});

describe('scatter', () => {
  it('spreads evenly from 0 to 1', () => {
    const halves = Array.from({ length: 100 }, (_, i) => scatter(i)).filter((value) => value < 0.5).length;
    expect(Math.abs(halves - 50)).toBeLessThanOrEqual(2);
  });
});
