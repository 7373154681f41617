import type { Health } from './world.js';

/**
 * Colours by role, dark theme. Chosen so that the five status colours stay apart (OKLab distance >= 15) for every common colour vision, and
 * never stand alone: each has a shape beside it (docs/picture.md).
 */
export const PALETTE = {
  healthy: '#5FD6F6',
  degraded: '#FFD27A',
  failing: '#FF7A66',
  idle: '#566270',
  fault: '#A85CE0',
  better: '#3FA7FF',
  same: '#59636F',
  worse: '#FF8B3D',
  muchWorse: '#FF4D6D',
  background: '#0A0E14',
  panel: '#121923',
  rule: '#1F2A37',
  text: '#E6EDF3',
  textSecondary: '#9FB0C0',
} as const;

export const HEALTH_COLOUR: Readonly<Record<Health, string>> = {
  healthy: PALETTE.healthy,
  degraded: PALETTE.degraded,
  failing: PALETTE.failing,
  idle: PALETTE.idle,
};
