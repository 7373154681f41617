import { edgeKeyText } from '#contracts';
import type { FaultView } from '#contracts';
import { pointOn } from '../layout/edge-curve.js';
import type { Layout, Point } from '../layout/layout.js';
import { faultMark } from '../model/fault-mark.js';
import { failureShare, healthOf } from '../model/health.js';
import type { NodeRate } from '../model/node-rates.js';
import type { Selection, World, WorldEdge } from '../model/world.js';
import type { Emphasis } from './looks.js';

/** What a label says and where; the layer turns it into DOM. */
export interface LabelSpec {
  readonly key: string;
  readonly kind: 'region' | 'node' | 'fault' | 'tip';
  readonly at: Point;
  readonly text: string;
  /** Second line, smaller. */
  readonly detail: string;
  readonly tone: 'plain' | 'degraded' | 'failing' | 'fault' | 'old';
  readonly dimmed: boolean;
  readonly priority: number;
  /** How much of a countdown is left, 0 to 1; null for labels without one. */
  readonly left: number | null;
}

export interface LabelInput {
  readonly world: World;
  readonly layout: Layout;
  readonly rates: ReadonlyMap<number, NodeRate>;
  readonly emphasis: Emphasis;
}

export function labelSpecs(input: LabelInput): readonly LabelSpec[] {
  return [...regionLabels(input), ...nodeLabels(input), ...faultLabels(input), ...hoverTip(input)];
}

const PLAIN = { detail: '', tone: 'plain', dimmed: false, left: null } as const;

function regionLabels({ world, layout }: LabelInput): readonly LabelSpec[] {
  return [...layout.platforms.values()].map(({ region, x, z, width, depth }) => ({
    ...PLAIN,
    key: `region ${region}`,
    kind: 'region',
    at: { x: x - width / 2 + 0.7, y: 0, z: z - depth / 2 },
    text: world.regions[region]?.city ?? '',
    detail: world.regions[region]?.name ?? '',
    priority: 3,
  }));
}

function nodeLabels({ world, layout, rates, emphasis }: LabelInput): readonly LabelSpec[] {
  return [...layout.nodes.values()].map(({ id, name, x, z, platform }) => {
    const rate = rates.get(id);
    const loud = emphasis.live && rate !== undefined && !rate.stale && (rate.health === 'failing' || rate.health === 'degraded');
    const chosen = isIt(emphasis.selected, id) || isIt(emphasis.hovered, id);
    const dimmed = emphasis.focus !== null && !emphasis.focus.nodes.has(id) && !chosen;
    return {
      ...PLAIN,
      key: `node ${id}`,
      kind: 'node',
      at: { x, y: 0, z: z + (platform === null ? 0.72 : 1) },
      text: name,
      detail: loud ? `${percent(rate.inPerSec > 0 ? rate.inFailuresPerSec / rate.inPerSec : rate.outFailuresPerSec / rate.outPerSec)} failing` : rate?.stale && emphasis.live ? 'no data' : '',
      tone: !emphasis.live || rate?.stale ? 'old' : loud ? (rate.health === 'failing' ? 'failing' : 'degraded') : 'plain',
      dimmed,
      priority: (chosen ? 8 : loud ? 4 : platform === null ? 1 : 2) - (dimmed ? 1.5 : 0),
    };
  });
}

/** Edges on which faults act, by edge id. */
export function faultedEdges(world: World): ReadonlyMap<number, FaultView> {
  const byKey = new Map([...world.edges.values()].map((edge) => [edgeKeyText(edge.key), edge.id]));
  const faulted = new Map<number, FaultView>();
  for (const fault of world.faults) {
    const id = byKey.get(edgeKeyText(fault.target.edge));
    if (id !== undefined) faulted.set(id, fault);
  }
  return faulted;
}

function faultLabels({ world, layout }: LabelInput): readonly LabelSpec[] {
  return [...faultedEdges(world)].flatMap(([id, fault]) => {
    const curve = layout.edges.get(id);
    if (curve === undefined) return [];
    const leftMs = fault.endsAt === null ? null : Math.max(0, Date.parse(fault.endsAt) - world.serverTimeMs);
    return [
      {
        ...PLAIN,
        key: `fault ${fault.id}`,
        kind: 'fault' as const,
        at: pointOn(curve.points, 0.5),
        text: faultMark(fault.spec),
        detail: leftMs === null || fault.state !== 'active' ? `· ${stateText(fault)}` : `· ${Math.ceil(leftMs / 1_000)} s`,
        tone: 'fault' as const,
        priority: 9,
        left: leftMs === null ? null : Math.min(1, leftMs / fault.durationMs),
      },
    ];
  });
}

function stateText(fault: FaultView): string {
  return fault.state === 'revert-failed' ? 'revert failed' : fault.state;
}

function hoverTip({ world, layout, emphasis }: LabelInput): readonly LabelSpec[] {
  const { hovered } = emphasis;
  if (hovered === null || hovered.kind !== 'edge') return [];
  const [edge, curve] = [world.edges.get(hovered.id), layout.edges.get(hovered.id)];
  if (edge === undefined || curve === undefined) return [];
  return [{ ...PLAIN, key: 'tip', kind: 'tip', at: pointOn(curve.points, 0.5), text: `${edge.key.source} → ${edge.key.target}`, detail: edgeText(edge), priority: 10 }];
}

function edgeText(edge: WorldEdge): string {
  if (edge.stale) return 'no data: its agent is away';
  const { now } = edge;
  if (healthOf(now) === 'idle') return 'idle';
  const parts = [`${number(now.requestsPerSec)} rps`];
  if (now.p50Ms !== null) parts.push(`p50 ${milliseconds(now.p50Ms)}`);
  if (now.p99Ms !== null) parts.push(`p99 ${milliseconds(now.p99Ms)}`);
  if (now.failuresPerSec > 0) parts.push(`${percent(failureShare(now))} failing`);
  return parts.join(' · ');
}

/** At most three significant digits: more would change each second and be read by nobody. */
function number(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}

function milliseconds(ms: number): string {
  return ms >= 1_000 ? `${number(ms / 1_000)} s` : `${number(ms)} ms`;
}

function percent(share: number): string {
  return `${number(share * 100)} %`;
}

function isIt(selection: Selection | null, nodeId: number): boolean {
  return selection?.kind === 'node' && selection.id === nodeId;
}
