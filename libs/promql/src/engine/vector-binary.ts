import { labelsKey, type Labels } from '#metrics';
import type { Binary, Matching } from '../ast.js';
import { QueryError } from '../query-error.js';
import { CellsBuilder } from './cells-builder.js';
import { floatCells, toColumn, type Cells, type Column } from './columns.js';
import { combineCells } from './combine-cells.js';
import type { Combination } from './combine-samples.js';
import { firstOverlap, mergeSameLabels, type Overlap } from './duplicates.js';
import type { Evaluation } from './evaluation.js';
import { groupBy } from './group-by.js';
import { formatLabels } from './label-sets.js';
import { maskedCells } from './masked-cells.js';
import { matchedLabels, matchGroups, presence, resultLabels, type MatchGroup } from './vector-matching.js';

/** Arithmetic, comparisons and trimming between two vectors. Throws QueryError when a series has more than one partner. */
export async function combineVectors(binary: Binary, matching: Matching, sides: MatchGroup, evaluation: Evaluation): Promise<readonly Column[]> {
  const { budget } = evaluation.query;
  const { fill } = matching;
  const nothingMatches = sides.left.length === 0 || sides.right.length === 0;
  if (nothingMatches && fill.left === null && fill.right === null) return [];
  const matcher = new Matcher(binary, matching, sides, evaluation);
  for (const group of matchGroups(sides.left, sides.right, matching)) {
    const before = matcher.samples;
    matcher.combine(group);
    budget.hold(matcher.samples - before);
    if (budget.spend((group.left.length + group.right.length) * evaluation.steps)) await budget.pause();
  }
  return evaluation.steps === 1 ? matcher.results : mergeSameLabels(matcher.results);
}

/** A match group seen from the side that may be many. */
interface Cardinal {
  readonly many: readonly Column[];
  readonly one: readonly Column[];
}

class Matcher {
  readonly results: Column[] = [];
  samples = 0;
  readonly #builder = new CellsBuilder();
  readonly #combination: Combination;
  readonly #labelsOf: (many: Labels, one: Labels) => Labels;
  #anyOfMany: Uint8Array | null = null;
  #filler: Cells | null = null;

  constructor(
    binary: Binary,
    private readonly matching: Matching,
    private readonly sides: MatchGroup,
    private readonly evaluation: Evaluation,
  ) {
    const { operator, returnBool } = binary;
    this.#combination = { operator, returnBool, passes: 'left', notes: evaluation.query.annotations.at(binary.position) };
    this.#labelsOf = resultLabels(operator, matching);
  }

  combine(group: MatchGroup): void {
    const { many, one } = this.#cardinal(group);
    if (one.length > 1) this.#assertOneAtATime(one);
    if (many.length > 1) this.#assertUniqueResults(many, one);
    for (const m of many) for (const o of one) this.#pair(m, o, this.#labelsOf(m.labels, o.labels), m.dropName);
    this.#fill(many, one);
  }

  #cardinal({ left, right }: MatchGroup): Cardinal {
    return this.#swapped ? { many: right, one: left } : { many: left, one: right };
  }

  get #swapped(): boolean {
    return this.matching.cardinality === 'one-to-many';
  }

  #pair(many: Cells, one: Cells, labels: Labels, dropName: boolean): void {
    const cells = this.#swapped ? combineCells(this.#combination, one, many, this.#builder) : combineCells(this.#combination, many, one, this.#builder);
    if (cells === null) return;
    this.results.push(toColumn(labels, dropName || this.#combination.returnBool, cells));
    this.samples += cells.samples;
  }

  /** Prometheus lets `fill_right` stand in for the one and `fill_left` for the many, whichever side of the operator they are on. */
  #fill(many: readonly Column[], one: readonly Column[]): void {
    const { left, right } = this.matching.fill;
    if (right !== null) this.#fillMissing(many, one, right, (m, filler, labels) => this.#pair(m, filler, this.#labelsOf(m.labels, labels), m.dropName));
    if (left !== null) this.#fillMissing(one, many, left, (o, filler, labels) => this.#pair(filler, o, this.#labelsOf(labels, o.labels), o.dropName));
  }

  #fillMissing(present: readonly Column[], missing: readonly Column[], value: number, pair: (column: Column, filler: Cells, labels: Labels) => void): void {
    if (present.length === 0) return;
    const mask = presence(missing, this.evaluation.steps);
    const filler = this.#constant(value);
    for (const column of present) {
      const cells = maskedCells(column, mask, 0, this.#builder);
      if (cells !== null) pair(toColumn(column.labels, column.dropName, cells), filler, matchedLabels(column.labels, this.matching));
    }
  }

  /** The value at every step; the last one asked for is kept, for all groups are filled with the same. */
  #constant(value: number): Cells {
    if (this.#filler === null || !Object.is(this.#filler.values[0], value)) this.#filler = floatCells(0, new Float64Array(this.evaluation.steps).fill(value));
    return this.#filler;
  }

  /** A series of the other side that met two at once would not know its partner. Steps at which that whole side is empty do not matter. */
  #assertOneAtATime(one: readonly Column[]): void {
    const { left, right } = this.matching.fill;
    const overlap = firstOverlap(one, (step) => left !== null || right !== null || this.#manyAt(step));
    if (overlap !== null) throw duplicateMatch(overlap, this.matching);
  }

  #manyAt(step: number): boolean {
    this.#anyOfMany ??= presence(this.#cardinal(this.sides).many, this.evaluation.steps);
    return this.#anyOfMany[step] === 1;
  }

  #assertUniqueResults(many: readonly Column[], one: readonly Column[]): void {
    const partners = this.matching.fill.right === null ? presence(one, this.evaluation.steps) : null;
    const meets = (step: number): boolean => partners === null || partners[step] === 1;
    if (this.matching.cardinality === 'one-to-one') {
      if (firstOverlap(many, meets) !== null) throw new QueryError('execution', 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)');
      return;
    }
    const byLabels = groupBy(many, (m) => labelsKey(this.#labelsOf(m.labels, one[0]?.labels ?? [])));
    for (const same of byLabels.values()) {
      if (same.length > 1 && firstOverlap(same, meets) !== null) throw new QueryError('execution', 'multiple matches for labels: grouping labels must ensure unique matches');
    }
  }
}

function duplicateMatch({ earlier, later }: Overlap<Column>, matching: Matching): QueryError {
  const side = matching.cardinality === 'one-to-many' ? 'left' : 'right';
  const group = formatLabels(matchedLabels(later.labels, matching));
  const [first, second] = [formatLabels(earlier.labels), formatLabels(later.labels)].sort();
  const text = `found duplicate series for the match group ${group} on the ${side} hand-side of the operation: [${first}, ${second}];many-to-many matching not allowed: matching labels must be unique on one side`;
  return new QueryError('execution', text);
}
