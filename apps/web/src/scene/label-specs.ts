import { edgeKeyText } from '#contracts';
import type { FaultView } from '#contracts';
import { pointOn } from '../layout/edge-curve.js';
import type { EdgeCurve, Layout, NodePlace, Point } from '../layout/layout.js';
import { faultMark } from '../model/fault-mark.js';
import type { NodeRate } from '../model/node-rates.js';
import type { Selection, World } from '../model/world.js';
import type { Emphasis } from './looks.js';

/** What a label says and where; the layer turns it into DOM. */
export interface LabelSpec {
  readonly key: string;
  readonly kind: 'region' | 'node' | 'fault';
  readonly at: Point;
  readonly text: string;
  /** Second line, smaller. */
  readonly detail: string;
  readonly tone: 'plain' | 'degraded' | 'failing' | 'fault' | 'old';
  readonly dimmed: boolean;
  readonly priority: number;
  /** A mark on an edge that runs across stands above it; one on an edge that runs up or down stands beside it. */
  readonly beside: boolean;
  /** How much of a countdown is left, 0 to 1; null for labels without one. */
  readonly left: number | null;
}

export interface LabelInput {
  readonly world: World;
  readonly layout: Layout;
  readonly rates: ReadonlyMap<number, NodeRate>;
  readonly emphasis: Emphasis;
}

/** Larger wins where two labels would cover each other: what was chosen, then what is wrong, then what is named once for many. */
const PRIORITY = { fault: 9, chosen: 8, loud: 4, region: 3, service: 2, client: 1 } as const;
const DIMMED_LOSES = 1.5;

export function labelSpecs(input: LabelInput): readonly LabelSpec[] {
  return [...regionLabels(input), ...nodeLabels(input), ...faultLabels(input)];
}

const PLAIN = { detail: '', tone: 'plain', dimmed: false, beside: false, left: null } as const;

function regionLabels({ world, layout }: LabelInput): readonly LabelSpec[] {
  return [...layout.platforms.values()].map(({ region, x, z, width, depth }) => ({
    ...PLAIN,
    key: `region ${region}`,
    kind: 'region',
    at: { x: x - width / 2 + 0.7, y: 0, z: z - depth / 2 },
    text: world.regions[region]?.city ?? '',
    detail: world.regions[region]?.name ?? '',
    priority: PRIORITY.region,
  }));
}

function nodeLabels({ layout, rates, emphasis }: LabelInput): readonly LabelSpec[] {
  return [...layout.nodes.values()].map((place) => {
    const chosen = isIt(emphasis.selected, place.id) || isIt(emphasis.hovered, place.id);
    const dimmed = emphasis.focus !== null && !emphasis.focus.nodes.has(place.id) && !chosen;
    const said = nodeState(rates.get(place.id), emphasis.live);
    const rank = chosen ? PRIORITY.chosen : said.loud ? PRIORITY.loud : place.platform === null ? PRIORITY.client : PRIORITY.service;
    return {
      key: `node ${place.id}`,
      kind: 'node',
      at: underBody(place),
      text: place.name,
      detail: said.detail,
      tone: said.tone,
      dimmed,
      priority: rank - (dimmed ? DIMMED_LOSES : 0),
      beside: false,
      left: null,
    };
  });
}

/** Just in front of the ring; clients are smaller. */
function underBody({ x, z, platform }: NodePlace): Point {
  return { x, y: 0, z: z + (platform === null ? 0.72 : 1) };
}

interface NodeState {
  readonly tone: LabelSpec['tone'];
  readonly detail: string;
  readonly loud: boolean;
}

/** A second line only where there is something to say: names that all carry numbers are read by nobody. */
function nodeState(rate: NodeRate | undefined, live: boolean): NodeState {
  if (!live || rate === undefined) return { tone: 'old', detail: '', loud: false };
  if (rate.stale) return { tone: 'old', detail: 'no data', loud: false };
  if (rate.health === 'healthy' || rate.health === 'idle') return { tone: 'plain', detail: '', loud: false };
  const share = rate.inPerSec > 0 ? rate.inFailuresPerSec / rate.inPerSec : rate.outFailuresPerSec / rate.outPerSec;
  return { tone: rate.health, detail: `${Number((share * 100).toPrecision(2))} % failing`, loud: true };
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
    return curve === undefined ? [] : [faultLabel(fault, curve, world.serverTimeMs)];
  });
}

function faultLabel(fault: FaultView, { points }: EdgeCurve, serverTimeMs: number): LabelSpec {
  const leftMs = fault.endsAt === null ? null : Math.max(0, Date.parse(fault.endsAt) - serverTimeMs);
  const counting = leftMs !== null && fault.state === 'active';
  return {
    key: `fault ${fault.id}`,
    kind: 'fault',
    at: pointOn(points, 0.5),
    text: faultMark(fault.spec),
    detail: counting ? `· ${Math.ceil(leftMs / 1_000)} s` : `· ${fault.state.replace('-', ' ')}`,
    tone: 'fault',
    dimmed: false,
    priority: PRIORITY.fault,
    beside: Math.abs(points[3].z - points[0].z) > 0.6 * Math.abs(points[3].x - points[0].x),
    left: leftMs === null ? null : Math.min(1, leftMs / fault.durationMs),
  };
}

function isIt(selection: Selection | null, nodeId: number): boolean {
  return selection?.kind === 'node' && selection.id === nodeId;
}
