import { compareLabels } from '#metrics';
import type { AggregateOperator } from '../ast.js';
import type { Notes } from '../functions/function-kinds.js';
import { CellsBuilder } from './cells-builder.js';
import { CELL, kindAt, sampleAt, toColumn, type Cells, type Column } from './columns.js';
import { labelsPosition } from './label-hash.js';
import { BestOf } from './best-of.js';

type SelectingOperator = Extract<AggregateOperator, 'topk' | 'bottomk' | 'limitk' | 'limit_ratio'>;

/** Lets some of a group's samples through as they are. `parameter` holds k or the ratio of each step. */
export function selectSamples(operator: SelectingOperator, members: readonly Column[], parameter: Float64Array, notes: Notes): readonly Column[] {
  switch (operator) {
    case 'topk':
    case 'bottomk':
      return selectBest(operator, members, parameter, notes);
    case 'limitk':
      return selectFirst(members, parameter);
    case 'limit_ratio':
      return selectRatio(members, parameter);
  }
}

/** NaN is the worst of all. At a single step the best come first. */
function selectBest(operator: 'topk' | 'bottomk', members: readonly Column[], parameter: Float64Array, notes: Notes): Column[] {
  if (members.some(({ histograms }) => histograms !== null)) notes.info(`ignored histogram in ${operator} aggregation`);
  const chosen = new Map<number, CellsBuilder>();
  const best = new BestOf(operator === 'topk' ? (a, b) => a > b : (a, b) => a < b);
  for (let step = 0; step < parameter.length; step++) {
    best.reset(Math.min(Math.trunc(parameter[step]!), members.length));
    for (let m = 0; m < members.length; m++) if (kindAt(members[m]!, step) === CELL.float) best.offer(sampleAt(members[m]!, step) as number, m);
    for (const [value, m] of best.kept()) builderOf(chosen, m).float(step, value);
  }
  const order = parameter.length === 1 ? [...chosen.keys()] : [...chosen.keys()].sort((a, b) => a - b);
  return order.map((m) => toColumn(members[m]!.labels, members[m]!.dropName, chosen.get(m)!.finish()!));
}

function builderOf(builders: Map<number, CellsBuilder>, member: number): CellsBuilder {
  let builder = builders.get(member);
  if (builder === undefined) {
    builder = new CellsBuilder();
    builders.set(member, builder);
  }
  return builder;
}

/** Any k will do, but always the same ones: those whose labels come first. */
function selectFirst(members: readonly Column[], parameter: Float64Array): Column[] {
  const taken = new Uint32Array(parameter.length);
  const takes = (step: number): boolean => {
    if (taken[step]! + 1 > parameter[step]!) return false;
    taken[step]!++;
    return true;
  };
  return selectEach(members.toSorted((a, b) => compareLabels(a.labels, b.labels)), () => takes);
}

/** A ratio r takes what lies below r in the order of hashes, -r what lies from 1 - r on: together they are all, and no series is in both. */
function selectRatio(members: readonly Column[], parameter: Float64Array): Column[] {
  return selectEach(members, ({ labels }) => {
    const position = labelsPosition(labels);
    return (step) => {
      const ratio = Math.max(-1, Math.min(1, parameter[step]!));
      return ratio >= 0 ? position < ratio : position >= 1 + ratio;
    };
  });
}

function selectEach(members: readonly Column[], choiceFor: (member: Column) => (step: number) => boolean): Column[] {
  const builder = new CellsBuilder();
  const chosen: Column[] = [];
  for (const member of members) {
    const cells = filterSteps(member, choiceFor(member), builder);
    if (cells !== null) chosen.push(toColumn(member.labels, member.dropName, cells));
  }
  return chosen;
}

function filterSteps(cells: Cells, takes: (step: number) => boolean, builder: CellsBuilder): Cells | null {
  for (let i = 0; i < cells.values.length; i++) {
    const sample = sampleAt(cells, cells.from + i);
    if (sample !== null && takes(cells.from + i)) builder.add(cells.from + i, sample);
  }
  return builder.finish();
}
