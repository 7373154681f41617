import type { SampleRun, SegmentEntry, SegmentReader } from '#metrics';

const BYTES_OF_VALUE = 8;
const BYTES_OF_RUN = 150;

/** A block that was read: its directory, decoded, its data as it is stored, and the samples that somebody asked for. */
export class ReadBlock {
  readonly #runs: (SampleRun | undefined)[];
  #decodedBytes = 0;

  constructor(
    readonly reader: SegmentReader,
    private readonly data: Uint8Array,
  ) {
    this.#runs = new Array<SampleRun | undefined>(reader.seriesIds.length);
  }

  /** What this holds in memory, roughly. */
  get bytes(): number {
    return this.data.length + this.reader.memoryBytes + this.#decodedBytes;
  }

  /** The samples of an entry of the reader; whoever asks again is given the same, which must not be changed. Throws CodecError. */
  samples(entry: SegmentEntry): SampleRun {
    const known = this.#runs[entry.index];
    if (known !== undefined) return known;
    const run = this.reader.samples(entry, this.data.subarray(entry.offset, entry.offset + entry.length));
    // Histograms are many small objects: they cost more to keep than to decode.
    if (run.histograms !== null) return run;
    this.#runs[entry.index] = run;
    this.#decodedBytes += BYTES_OF_RUN + BYTES_OF_VALUE * run.values.length;
    return run;
  }
}
