import { ABSENT } from './absent.js';
import { CHANGE_FUNCTIONS } from './changes.js';
import { DATE_FUNCTIONS } from './dates.js';
import { EXTREME_FUNCTIONS } from './extremes-over-time.js';
import type { FunctionDefinition } from './function-kinds.js';
import { HISTOGRAM_FUNCTIONS } from './histogram-functions.js';
import { INSTANT_RATE_FUNCTIONS } from './instant-rate.js';
import { LABEL_FUNCTIONS } from './labels.js';
import { REGRESSION_FUNCTIONS } from './linear-regression.js';
import { MATH_FUNCTIONS } from './math.js';
import { PICK_FUNCTIONS } from './pick-over-time.js';
import { RATE_FUNCTIONS } from './rate.js';
import { SCALAR_FUNCTIONS, VECTOR_OF_SCALAR } from './scalars.js';
import type { FunctionName } from './signatures.js';
import { SMOOTHING_FUNCTIONS } from './smoothing.js';
import { SORT_FUNCTIONS } from './sort.js';
import { SPREAD_FUNCTIONS } from './spread-over-time.js';
import { TOTAL_FUNCTIONS } from './total-over-time.js';

const BY_THE_ENGINE = { kind: 'engine' } as const;

export const FUNCTIONS: Readonly<Record<FunctionName, FunctionDefinition>> = {
  ...RATE_FUNCTIONS,
  ...INSTANT_RATE_FUNCTIONS,
  ...CHANGE_FUNCTIONS,
  ...REGRESSION_FUNCTIONS,
  ...SMOOTHING_FUNCTIONS,
  ...TOTAL_FUNCTIONS,
  ...PICK_FUNCTIONS,
  ...EXTREME_FUNCTIONS,
  ...SPREAD_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...LABEL_FUNCTIONS,
  ...SORT_FUNCTIONS,
  ...SCALAR_FUNCTIONS,
  ...HISTOGRAM_FUNCTIONS,
  absent: ABSENT,
  vector: VECTOR_OF_SCALAR,
  absent_over_time: BY_THE_ENGINE,
  info: BY_THE_ENGINE,
  timestamp: BY_THE_ENGINE,
  start_timestamp: BY_THE_ENGINE,
};
