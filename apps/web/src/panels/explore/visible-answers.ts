import type { QueryRow } from './query-rows.js';
import { rowLetter } from './query-rows.js';
import type { Answered, Runs } from './run-store.js';
import type { ExploreTab } from './explore-view.js';

export interface VisibleAnswer {
  readonly id: number;
  readonly letter: string;
  readonly answered: Answered;
}

/** What is known of the queries that are not hidden, in their order, in the form that this tab shows. */
export function visibleAnswers(rows: readonly QueryRow[], runs: Runs, tab: ExploreTab): readonly VisibleAnswer[] {
  return rows.flatMap(({ id }, i) => {
    const answered = runs.get(id)?.answered;
    return answered == null || answered.request.tab !== tab ? [] : [{ id, letter: rowLetter(i), answered }];
  });
}
