import { describe, expect, it } from 'vitest';
import { AdaptiveQuality } from './adaptive-quality.js';

const feed = (quality: AdaptiveQuality, intervalMs: number, frames: number) => Array.from({ length: frames }, () => quality.noteInterval(intervalMs)).filter(Boolean).length;

describe('AdaptiveQuality', () => {
  it('keeps the resolution of the screen while frames are quick', () => {
    const quality = new AdaptiveQuality(2);
    expect(feed(quality, 16, 200)).toBe(0);
    expect([quality.pixelRatio, quality.minIntervalMs]).toEqual([2, 0]);
  });

  it('steps down while frames are slow, and not below one pixel a pixel', () => {
    const quality = new AdaptiveQuality(2);
    expect(feed(quality, 50, 400)).toBe(2);
    expect(quality.pixelRatio).toBe(1);
  });

  it('is not misled by a single long frame', () => {
    const quality = new AdaptiveQuality(2);
    for (let i = 0; i < 10; i++) {
      quality.noteInterval(900);
      feed(quality, 16, 30);
    }
    expect(quality.pixelRatio).toBe(2);
  });

  it('takes screens of any density', () => {
    expect([0.8, 1, 1.25, 3].map((ratio) => new AdaptiveQuality(ratio).pixelRatio)).toEqual([0.8, 1, 1.25, 2]);
  });

  it('pauses between frames where it draws in software', () => {
    const quality = new AdaptiveQuality(1);
    for (let i = 0; i < 20; i++) quality.noteSoftwareFrame(50);
    expect(quality.minIntervalMs).toBeCloseTo(75);
    expect(feed(quality, 75, 200)).toBe(0);
  });

  it('never rests so long that the picture looks frozen', () => {
    const quality = new AdaptiveQuality(1);
    quality.noteSoftwareFrame(5_000);
    expect(quality.minIntervalMs).toBeLessThanOrEqual(300);
  });
});
