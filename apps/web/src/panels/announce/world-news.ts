import { edgeLabel, targetLabel } from '#contracts';
import type { FaultView, UnleasedFaultView } from '#contracts';
import { FAULTS } from '#faults';
import { healthOf } from '../../model/health.js';
import { recentRate } from '../../model/recent-rate.js';
import type { Health, World, WorldEdge } from '../../model/world.js';
import { END_TEXT } from '../fault/fault-state-text.js';
import type { Announcement } from './next-announcement.js';

/** What changed from one world to the next that a person who cannot see the picture must know. */
export function worldNews(before: World, now: World): readonly Announcement[] {
  return [...statusNews(before, now), ...faultNews(before, now), ...unleasedNews(before, now), ...haltNews(before, now), ...healthNews(before, now)];
}

function statusNews(before: World, now: World): Announcement[] {
  if (before.status === now.status || before.status === 'connecting') return [];
  return [{ text: `Data is ${now.status}.`, loud: now.status === 'disconnected' }];
}

function faultNews(before: World, now: World): Announcement[] {
  const acting = (faults: readonly FaultView[]) => new Map(faults.filter(({ state }) => state === 'active').map((fault) => [fault.id, fault]));
  const [were, are] = [acting(before.faults), acting(now.faults)];
  const began = [...are.values()].filter(({ id }) => !were.has(id)).map((fault) => `Fault started: ${faultText(fault)}.`);
  const known = new Set(before.endedFaults.map(({ id }) => id));
  const ended = now.endedFaults.filter(({ id }) => !known.has(id)).map((fault) => `Fault ended: ${faultText(fault)}${fault.endReason === null ? '' : `, ${END_TEXT[fault.endReason]}`}.`);
  return [...began, ...ended].map((text) => ({ text, loud: true }));
}

function faultText({ spec, target }: FaultView): string {
  return `${FAULTS[spec.kind].title} on ${targetLabel(target)}`;
}

/** A client of Toxiproxy's API acted; that it has no lease is what one must know. */
function unleasedNews(before: World, now: World): Announcement[] {
  if (before.unleased === now.unleased) return [];
  const were = new Set(before.unleased.map(unleasedText));
  const are = new Set(now.unleased.map(unleasedText));
  const began = [...are].filter((text) => !were.has(text)).map((text) => `${text} holds without a lease until it is removed.`);
  const ended = [...were].filter((text) => !are.has(text)).map((text) => `${text} was removed.`);
  return [...began, ...ended].map((text) => ({ text, loud: true }));
}

function unleasedText({ edge, toxic }: UnleasedFaultView): string {
  return `${toxic === null ? 'A disabled proxy' : `The toxic ${toxic.name}`} on ${edgeLabel(edge)}`;
}

function haltNews(before: World, now: World): Announcement[] {
  if (before.halt?.id === now.halt?.id) return [];
  return [{ text: now.halt === null ? 'Resumed: faults can start again.' : `Everything was halted by ${now.halt.by}.`, loud: true }];
}

/** One line however many edges change: the reader can ask the table for the rest. */
function healthNews(before: World, now: World): Announcement[] {
  if (before.epoch !== now.epoch) return [];
  const worse = [...now.edges.values()].filter((edge) => gravity(edge) > gravity(before.edges.get(edge.id)) && healthOf(recentRate(edge)) !== 'healthy');
  const first = worse[0];
  if (first === undefined) return [];
  const others = worse.length > 1 ? `, and ${worse.length - 1} more` : '';
  return [{ text: `${edgeLabel(first.key)} is ${healthOf(recentRate(first))}${others}.`, loud: false }];
}

const GRAVITY: Readonly<Record<Health, number>> = { idle: 0, healthy: 0, degraded: 1, failing: 2 };

function gravity(edge: WorldEdge | undefined): number {
  return edge === undefined ? 0 : GRAVITY[healthOf(recentRate(edge))];
}
