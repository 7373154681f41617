/**
 * Samples of a shop of eight services, two instances each, as their /metrics would show them: request counters, classic latency histograms, memory, queues and processor time,
 * busier by day than by night. The same at each run. One instance restarts, so that its counters begin anew, and one is away for a while.
 */
export interface MixSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** When its instance is scraped, after each full step. */
  readonly offsetMs: number;
}

export const STEP_MS = 30_000;
export const BUCKET_BOUNDS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf'] as const;

const SERVICES = ['cart', 'catalog', 'checkout', 'payment', 'pricing', 'search', 'shipping', 'users'] as const;
const INSTANCES_A_SERVICE = 2;
const ROUTES = ['/api/list', '/api/item', '/health'] as const;
const CODES = ['200', '404', '500'] as const;
const SHARDS = ['0', '1', '2'] as const;
const STEPS_A_DAY = 2_880;
const RESTART = { instance: 3, step: 3 * STEPS_A_DAY + 700 };
const AWAY = { instance: 6, from: 5 * STEPS_A_DAY, to: 5 * STEPS_A_DAY + 40 };

/** Moves the values of its series on by one step. */
interface Part {
  readonly labels: readonly Readonly<Record<string, string>>[];
  readonly advance: (load: number, values: Float64Array, at: number) => void;
}

interface Instance {
  readonly parts: readonly Part[];
  readonly series: number;
  readonly offsetMs: number;
}

export class ServiceMix {
  readonly series: readonly MixSeries[];
  readonly #instances: readonly Instance[];
  readonly #values: Float64Array;
  #step = 0;

  constructor() {
    this.#instances = SERVICES.flatMap((service, s) => Array.from({ length: INSTANCES_A_SERVICE }, (_, i) => instanceOf(service, INSTANCES_A_SERVICE * s + i)));
    this.series = this.#instances.flatMap(({ parts, offsetMs }) => parts.flatMap(({ labels }) => labels.map((own) => ({ labels: own, offsetMs }))));
    this.#values = new Float64Array(this.series.length);
  }

  /** The values of the next `steps` steps, by series and step; NaN where there is no sample. */
  next(steps: number): Float64Array[] {
    const rows = this.series.map(() => new Float64Array(steps));
    for (let i = 0; i < steps; i += 1) {
      this.#advance();
      rows.forEach((row, series) => (row[i] = this.#values[series]!));
      this.#hideAway(rows, i);
      this.#step += 1;
    }
    return rows;
  }

  #advance(): void {
    const day = 1 + 0.6 * Math.sin((2 * Math.PI * this.#step) / STEPS_A_DAY);
    let at = 0;
    this.#instances.forEach(({ parts, series }, instance) => {
      if (instance === RESTART.instance && this.#step === RESTART.step) this.#values.fill(0, at, at + series);
      for (const { labels, advance } of parts) {
        advance(day, this.#values, at);
        at += labels.length;
      }
    });
  }

  #hideAway(rows: readonly Float64Array[], i: number): void {
    if (this.#step < AWAY.from || this.#step >= AWAY.to) return;
    const first = this.#instances.slice(0, AWAY.instance).reduce((sum, { series }) => sum + series, 0);
    for (const row of rows.slice(first, first + this.#instances[AWAY.instance]!.series)) row[i] = NaN;
  }
}

function instanceOf(service: string, number: number): Instance {
  const random = randomOf(number + 1);
  const own = { job: 'shop', service, instance: `10.0.0.${number}:9090` };
  const parts = [up(own), ...ROUTES.flatMap((route) => [requests({ ...own, route }, random), durations({ ...own, route }, random)]), memory(own, random), queues(own, random), processorTime(own, random)];
  return { parts, series: parts.reduce((sum, { labels }) => sum + labels.length, 0), offsetMs: 1_000 + Math.floor(random() * 28_000) };
}

type Own = Readonly<Record<string, string>>;

function up(own: Own): Part {
  return { labels: [{ __name__: 'up', ...own }], advance: (_, values, at) => void (values[at] = 1) };
}

function requests(own: Own, random: () => number): Part {
  const shares = [40 + 60 * random(), 2 * random(), random()];
  const advance = (load: number, values: Float64Array, at: number): void => shares.forEach((share, i) => (values[at + i]! += Math.floor(2 * random() * share * load)));
  return { labels: CODES.map((code) => ({ __name__: 'http_requests_total', ...own, code })), advance };
}

/** Cumulative buckets, then count and sum. */
function durations(own: Own, random: () => number): Part {
  const middle = 2 + 4 * random();
  const share = 10 + 10 * random();
  const last = BUCKET_BOUNDS.length - 1;
  const advance = (load: number, values: Float64Array, at: number): void => {
    let below = 0;
    BUCKET_BOUNDS.forEach((bound, i) => {
      const here = Math.floor(2 * random() * share * load * Math.exp(-(((i - middle) / 1.5) ** 2)));
      below += here;
      values[at + i]! += below;
      values[at + last + 2]! += here * (bound === '+Inf' ? 12 : Number(bound) * 0.75);
    });
    values[at + last + 1] = values[at + last]!;
  };
  const name = 'http_request_duration_seconds';
  return { labels: [...BUCKET_BOUNDS.map((le) => ({ __name__: `${name}_bucket`, ...own, le })), { __name__: `${name}_count`, ...own }, { __name__: `${name}_sum`, ...own }], advance };
}

function memory(own: Own, random: () => number): Part {
  const advance = (load: number, values: Float64Array, at: number): void => {
    values[at] = 4_096 * Math.floor(30_000 + 8_000 * load + 2_000 * random());
    values[at + 1] = Math.floor(values[at] * (0.4 + 0.4 * random()));
  };
  return { labels: ['process_resident_memory_bytes', 'process_heap_bytes'].map((name) => ({ __name__: name, ...own })), advance };
}

function queues(own: Own, random: () => number): Part {
  const advance = (load: number, values: Float64Array, at: number): void => SHARDS.forEach((_, i) => (values[at + i] = Math.floor(20 * load * random() ** 3)));
  return { labels: SHARDS.map((shard) => ({ __name__: 'queue_depth', ...own, shard })), advance };
}

function processorTime(own: Own, random: () => number): Part {
  const modes = ['user', 'system'];
  // Ticks of 10 ms, as Linux counts them.
  const advance = (load: number, values: Float64Array, at: number): void => modes.forEach((_, i) => (values[at + i] = (Math.round(values[at + i]! * 100) + Math.floor(600 * load * random())) / 100));
  return { labels: modes.map((mode) => ({ __name__: 'process_cpu_seconds_total', ...own, mode })), advance };
}

/** Numbers in [0, 1) that are the same for the same seed: a 32-bit xorshift generator (G. Marsaglia, Xorshift RNGs, 2003). */
function randomOf(seed: number): () => number {
  let state = (seed * 0x9e37_79b1) | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
