import type { ValueType } from '../ast.js';

/** What a function takes and gives (Prometheus 3.x, querying/functions). */
export interface Signature {
  readonly args: readonly ValueType[];
  /** Of the last type in `args`: 0: exactly one; n: none to n; -1: none to any number. */
  readonly variadic: number;
  readonly returns: ValueType;
  /** Prometheus asks for a feature flag before it takes the name. */
  readonly experimental: boolean;
}

const FROM_VECTOR = { args: ['vector'], variadic: 0, returns: 'vector', experimental: false } as const;
const FROM_MATRIX = { ...FROM_VECTOR, args: ['matrix'] } as const;
const EXPERIMENTAL_FROM_MATRIX = { ...FROM_MATRIX, experimental: true } as const;
/** The parts of a date: of the time of evaluation where no vector is given. */
const OF_DATE = { ...FROM_VECTOR, variadic: 1 } as const;
const CONSTANT = { args: [], variadic: 0, returns: 'scalar', experimental: false } as const;
const EXPERIMENTAL_CONSTANT = { ...CONSTANT, experimental: true } as const;
const SCALAR_OF_TWO = { args: ['scalar', 'scalar'], variadic: 0, returns: 'scalar', experimental: true } as const;
const SORT_BY_LABELS = { args: ['vector', 'string'], variadic: -1, returns: 'vector', experimental: true } as const;

export const SIGNATURES = {
  abs: FROM_VECTOR,
  absent: FROM_VECTOR,
  absent_over_time: FROM_MATRIX,
  acos: FROM_VECTOR,
  acosh: FROM_VECTOR,
  asin: FROM_VECTOR,
  asinh: FROM_VECTOR,
  atan: FROM_VECTOR,
  atanh: FROM_VECTOR,
  avg_over_time: FROM_MATRIX,
  ceil: FROM_VECTOR,
  changes: FROM_MATRIX,
  clamp: { ...FROM_VECTOR, args: ['vector', 'scalar', 'scalar'] },
  clamp_max: { ...FROM_VECTOR, args: ['vector', 'scalar'] },
  clamp_min: { ...FROM_VECTOR, args: ['vector', 'scalar'] },
  cos: FROM_VECTOR,
  cosh: FROM_VECTOR,
  count_over_time: FROM_MATRIX,
  day_of_month: OF_DATE,
  day_of_week: OF_DATE,
  day_of_year: OF_DATE,
  days_in_month: OF_DATE,
  deg: FROM_VECTOR,
  delta: FROM_MATRIX,
  deriv: FROM_MATRIX,
  double_exponential_smoothing: { ...EXPERIMENTAL_FROM_MATRIX, args: ['matrix', 'scalar', 'scalar'] },
  end: EXPERIMENTAL_CONSTANT,
  exp: FROM_VECTOR,
  first_over_time: EXPERIMENTAL_FROM_MATRIX,
  floor: FROM_VECTOR,
  histogram_avg: FROM_VECTOR,
  histogram_count: FROM_VECTOR,
  histogram_fraction: { ...FROM_VECTOR, args: ['scalar', 'scalar', 'vector'] },
  histogram_quantile: { ...FROM_VECTOR, args: ['scalar', 'vector'] },
  histogram_quantiles: { args: ['vector', 'string', 'scalar', 'scalar'], variadic: 9, returns: 'vector', experimental: true },
  histogram_stddev: FROM_VECTOR,
  histogram_stdvar: FROM_VECTOR,
  histogram_sum: FROM_VECTOR,
  hour: OF_DATE,
  idelta: FROM_MATRIX,
  increase: FROM_MATRIX,
  info: { args: ['vector', 'vector'], variadic: 1, returns: 'vector', experimental: true },
  irate: FROM_MATRIX,
  label_join: { args: ['vector', 'string', 'string', 'string'], variadic: -1, returns: 'vector', experimental: false },
  label_replace: { ...FROM_VECTOR, args: ['vector', 'string', 'string', 'string', 'string'] },
  last_over_time: FROM_MATRIX,
  ln: FROM_VECTOR,
  log10: FROM_VECTOR,
  log2: FROM_VECTOR,
  mad_over_time: EXPERIMENTAL_FROM_MATRIX,
  max_of: SCALAR_OF_TWO,
  max_over_time: FROM_MATRIX,
  min_of: SCALAR_OF_TWO,
  min_over_time: FROM_MATRIX,
  minute: OF_DATE,
  month: OF_DATE,
  pi: CONSTANT,
  predict_linear: { ...FROM_MATRIX, args: ['matrix', 'scalar'] },
  present_over_time: FROM_MATRIX,
  quantile_over_time: { ...FROM_MATRIX, args: ['scalar', 'matrix'] },
  rad: FROM_VECTOR,
  range: EXPERIMENTAL_CONSTANT,
  rate: FROM_MATRIX,
  resets: FROM_MATRIX,
  round: { args: ['vector', 'scalar'], variadic: 1, returns: 'vector', experimental: false },
  scalar: { ...FROM_VECTOR, returns: 'scalar' },
  sgn: FROM_VECTOR,
  sin: FROM_VECTOR,
  sinh: FROM_VECTOR,
  sort: FROM_VECTOR,
  sort_by_label: SORT_BY_LABELS,
  sort_by_label_desc: SORT_BY_LABELS,
  sort_desc: FROM_VECTOR,
  sqrt: FROM_VECTOR,
  start: EXPERIMENTAL_CONSTANT,
  start_timestamp: { ...FROM_VECTOR, experimental: true },
  stddev_over_time: FROM_MATRIX,
  stdvar_over_time: FROM_MATRIX,
  step: EXPERIMENTAL_CONSTANT,
  sum_over_time: FROM_MATRIX,
  tan: FROM_VECTOR,
  tanh: FROM_VECTOR,
  time: CONSTANT,
  timestamp: FROM_VECTOR,
  ts_of_first_over_time: EXPERIMENTAL_FROM_MATRIX,
  ts_of_last_over_time: EXPERIMENTAL_FROM_MATRIX,
  ts_of_max_over_time: EXPERIMENTAL_FROM_MATRIX,
  ts_of_min_over_time: EXPERIMENTAL_FROM_MATRIX,
  vector: { ...FROM_VECTOR, args: ['scalar'] },
  year: OF_DATE,
} as const satisfies Record<string, Signature>;

export type FunctionName = keyof typeof SIGNATURES;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(SIGNATURES, name);
}
