import type { FaultView, UnleasedFaultView } from '#contracts';
import { pointOn } from '../layout/edge-curve.js';
import type { EdgeCurve, Layout, NodePlace, Point } from '../layout/layout.js';
import { faultMark, unleasedMark } from '../model/fault-mark.js';
import { faultedEdges } from '../model/faulted-edges.js';
import type { NodeRate } from '../model/node-rates.js';
import type { Selection, World } from '../model/world.js';
import type { Emphasis } from './looks.js';

/** What a label says and where; the layer turns it into DOM. */
export interface LabelSpec {
  readonly key: string;
  /** `toxic`: a fault without a lease, so without a countdown. */
  readonly kind: 'region' | 'node' | 'fault' | 'toxic';
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

/** One mark an edge: the fault that ends first with its countdown, else what holds without one. */
function faultLabels({ world, layout }: LabelInput): readonly LabelSpec[] {
  return [...faultedEdges(world)].flatMap(([id, { leased, unleased }]) => {
    const curve = layout.edges.get(id);
    if (curve === undefined) return [];
    const first = [...leased].sort((a, b) => endOf(a) - endOf(b))[0];
    const others = leased.length - 1 + unleased.length;
    return [first === undefined ? unleasedLabel(id, unleased, curve) : faultLabel({ fault: first, others, serverTimeMs: world.serverTimeMs }, curve)];
  });
}

function endOf({ endsAt }: FaultView): number {
  return endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(endsAt);
}

function markOn({ points }: EdgeCurve): Pick<LabelSpec, 'at' | 'tone' | 'dimmed' | 'priority' | 'beside'> {
  const runsUp = Math.abs(points[3].z - points[0].z) > 0.6 * Math.abs(points[3].x - points[0].x);
  return { at: pointOn(points, 0.5), tone: 'fault', dimmed: false, priority: PRIORITY.fault, beside: runsUp };
}

interface MarkedFault {
  readonly fault: FaultView;
  /** How many more act on the same edge. */
  readonly others: number;
  readonly serverTimeMs: number;
}

function faultLabel({ fault, others, serverTimeMs }: MarkedFault, curve: EdgeCurve): LabelSpec {
  const leftMs = fault.endsAt === null ? null : Math.max(0, Date.parse(fault.endsAt) - serverTimeMs);
  const counting = leftMs !== null && fault.state === 'active';
  const state = counting ? `· ${Math.ceil(leftMs / 1_000)} s` : `· ${fault.state.replace('-', ' ')}`;
  return {
    ...markOn(curve),
    key: `fault ${fault.id}`,
    kind: 'fault',
    text: faultMark(fault.spec) ?? fault.spec.kind,
    detail: others > 0 ? `${state} · +${others} more` : state,
    left: leftMs === null ? null : Math.min(1, leftMs / fault.durationMs),
  };
}

function unleasedLabel(edgeId: number, unleased: readonly UnleasedFaultView[], curve: EdgeCurve): LabelSpec {
  return { ...markOn(curve), key: `toxic ${edgeId}`, kind: 'toxic', text: unleasedMark(unleased), detail: '· until removed', left: null };
}

function isIt(selection: Selection | null, nodeId: number): boolean {
  return selection?.kind === 'node' && selection.id === nodeId;
}
