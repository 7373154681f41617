import { compress } from 'snappyjs';

/** A series of a request, as a test gives it. Values may be NaN; times are milliseconds. */
export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [timeMs: number, value: number])[];
}

export const REMOTE_WRITE_HEADERS = {
  1: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' },
  2: { 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request', 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '2.0.0' },
} as const;

/** The body of a request of remote write 1.0 or 2.0, compressed. */
export function remoteWriteBody(version: 1 | 2, series: readonly WrittenSeries[]): Uint8Array {
  const message = new Message();
  if (version === 1) for (const one of series) message.bytes(1, seriesV1(one));
  else writeV2(message, series);
  return compress(message.finish());
}

function seriesV1({ labels, samples }: WrittenSeries): Uint8Array {
  const message = new Message();
  for (const [name, value] of sorted(labels)) message.bytes(1, new Message().bytes(1, Buffer.from(name)).bytes(2, Buffer.from(value)).finish());
  for (const [timeMs, value] of samples) message.bytes(2, sampleOf(timeMs, value));
  return message.finish();
}

function writeV2(message: Message, series: readonly WrittenSeries[]): void {
  const symbols = new Map([['', 0]]);
  const referTo = (text: string): number => {
    const known = symbols.get(text) ?? symbols.size;
    symbols.set(text, known);
    return known;
  };
  const written = series.map(({ labels, samples }) => {
    const references = new Message();
    for (const [name, value] of sorted(labels)) references.varint(referTo(name)).varint(referTo(value));
    const one = new Message().bytes(1, references.finish());
    for (const [timeMs, value] of samples) one.bytes(2, sampleOf(timeMs, value));
    return one.finish();
  });
  for (const symbol of symbols.keys()) message.bytes(4, Buffer.from(symbol));
  for (const one of written) message.bytes(5, one);
}

function sampleOf(timeMs: number, value: number): Uint8Array {
  return new Message().double(1, value).field(2, 0).varint(timeMs).finish();
}

function sorted(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Protobuf, as much of it as is needed. */
class Message {
  private content = Buffer.allocUnsafe(64);
  private length = 0;

  varint(value: number): this {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest >= 0x80n; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80);
    return this.byte(Number(rest));
  }

  field(number: number, wireType: number): this {
    return this.varint(number * 8 + wireType);
  }

  double(number: number, value: number): this {
    this.field(number, 1).room(8);
    this.length = this.content.writeDoubleLE(value, this.length);
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    this.field(number, 2).varint(value.length).room(value.length);
    this.content.set(value, this.length);
    this.length += value.length;
    return this;
  }

  finish(): Uint8Array {
    return this.content.subarray(0, this.length);
  }

  private byte(value: number): this {
    this.room(1);
    this.content[this.length] = value;
    this.length += 1;
    return this;
  }

  private room(count: number): void {
    if (this.length + count <= this.content.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.length + count));
    larger.set(this.content.subarray(0, this.length));
    this.content = larger;
  }
}
