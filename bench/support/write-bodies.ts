import { compress } from 'snappyjs';

/** Requests of remote write as a busy fleet sends them: `series` series of a service mix with fourteen labels each, counters that rise. */
export interface BodyShape {
  readonly version: 1 | 2;
  /** Number of the first series: other numbers are other series. */
  readonly firstSeries: number;
  readonly series: number;
  readonly seriesARequest: number;
}

const TEXT = new TextEncoder();
const LABEL_NAMES = ['__name__', 'app', 'cluster', 'code', 'container', 'env', 'instance', 'job', 'method', 'namespace', 'node', 'pod', 'region', 'version'] as const;

/** Makes the bodies of one round: every series once, at one time. What does not change from round to round is encoded once. */
export class WriteBodies {
  private readonly requests: readonly Template[];

  constructor(private readonly shape: BodyShape) {
    const requests: Template[] = [];
    for (let at = 0; at < shape.series; at += shape.seriesARequest) requests.push(template(shape.version, shape.firstSeries + at, Math.min(shape.seriesARequest, shape.series - at)));
    this.requests = requests;
  }

  round(number: number, timeMs: number): Uint8Array[] {
    return this.requests.map((request) => compress(fill(request, this.shape.version, number, timeMs)));
  }
}

interface Template {
  readonly head: Uint8Array;
  /** Of each series, what stands before its sample. */
  readonly labels: readonly Uint8Array[];
  readonly first: number;
}

function labelValues(series: number): string[] {
  const pod = series >> 4;
  const [metric, code] = [series & 7, (series >> 3) & 1];
  const service = `service-${pod % 40}`;
  return [
    ...[`http_server_requests_${['total', 'bytes_total', 'errors_total', 'retries_total', 'queued_total', 'shed_total', 'hits_total', 'misses_total'][metric]}`, service, 'eu-central-1a'],
    ...[code === 0 ? '200' : '500', 'main', 'production', `10.${(pod >> 16) & 255}.${(pod >> 8) & 255}.${pod & 255}:9090`, 'kubernetes-pods', 'POST', `team-${pod % 12}`],
    ...[`node-${pod % 90}.internal`, `${service}-7d9f8b6c5-${pod.toString(36).padStart(5, 'x')}`, 'eu-central-1', `v1.${pod % 9}.0`],
  ];
}

function template(version: 1 | 2, first: number, count: number): Template {
  const all = Array.from({ length: count }, (_, i) => labelValues(first + i));
  if (version === 1) return { head: new Uint8Array(0), first, labels: all.map((values) => concat(values.map((value, i) => field(1, concat([field(1, TEXT.encode(LABEL_NAMES[i])), field(2, TEXT.encode(value))]))))) };
  const symbols = new Map([['', 0]]);
  const refer = (text: string): number => {
    if (!symbols.has(text)) symbols.set(text, symbols.size);
    return symbols.get(text)!;
  };
  const labels = all.map((values) => field(1, concat(values.flatMap((value, i) => [varint(refer(LABEL_NAMES[i]!)), varint(refer(value))]))));
  return { head: concat([...symbols.keys()].map((symbol) => field(4, TEXT.encode(symbol)))), labels, first };
}

function fill({ head, labels, first }: Template, version: 1 | 2, number: number, timeMs: number): Uint8Array {
  const time = concat([Uint8Array.of(0x10), varint(timeMs)]);
  const series = labels.map((own, i) => {
    const value = new Uint8Array(9);
    value[0] = 0x09;
    // A counter that rises by its own pace, with some unrest.
    new DataView(value.buffer).setFloat64(1, number * (1 + ((first + i) % 50)) + ((number * 7 + first + i) % 5), true);
    return field(version === 1 ? 1 : 5, concat([own, field(2, concat([value, time]))]));
  });
  return concat([head, ...series]);
}

function field(number: number, content: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
