/** Samples of one series, ascending in time. */
export interface DataSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: readonly number[];
  readonly values: readonly number[];
}

/** What is given to every store that is measured, sample for sample. */
export interface DataSet {
  readonly name: string;
  /** The label `job` of all its series. */
  readonly job: string;
  readonly series: readonly DataSeries[];
}

export function sampleCount({ series }: DataSet): number {
  return series.reduce((sum, { timesMs }) => sum + timesMs.length, 0);
}

/** Grids of samples begin and end with the windows in which stores cut time; all of it is long over. */
export const GRID_STEP_MS = 15_000;
const WINDOW_MS = 7_200_000;
const REST_MS = 3 * 3_600_000;

/** Where a grid of so many steps begins, so that it ends at the end of a window some hours ago. */
export function gridStartMs(steps: number, nowMs: number): number {
  const endMs = Math.floor((nowMs - REST_MS) / WINDOW_MS) * WINDOW_MS;
  return endMs - steps * GRID_STEP_MS;
}
