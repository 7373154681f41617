import type { MetricMetadata, MetricType } from '../remote-write/write-batch.js';
import type { ExpositionReceiver } from './exposition.js';

// Bounds what hostile bodies can fill.
const MAX_NAME_CHARS = 8 << 20;

/** What one comment line says. */
export interface ToldOfFamily {
  readonly family: ToldFamily;
  readonly part: Partial<MetricMetadata>;
}

export class ToldFamily {
  type: MetricType = 'unknown';
  help = '';
  unit = '';
  /** Number of the body that it was named in last. */
  body = 0;
  #metadata: MetricMetadata = { type: 'unknown', help: '', unit: '' };

  constructor(readonly name: string) {}

  /** The same object as long as the same is said. */
  metadata(): MetricMetadata {
    const { type, help, unit } = this;
    const last = this.#metadata;
    if (last.type !== type || last.help !== help || last.unit !== unit) this.#metadata = { type, help, unit };
    return this.#metadata;
  }
}

/** Puts together what comment lines say of families: lines of one family may stand anywhere, and of two alike the last holds. */
export class ToldFamilies {
  readonly #families = new Map<string, ToldFamily>();
  readonly #inBody: ToldFamily[] = [];
  #body = 0;
  #nameChars = 0;

  get isFull(): boolean {
    return this.#nameChars > MAX_NAME_CHARS;
  }

  start(): void {
    this.#body++;
    this.#inBody.length = 0;
  }

  /** Between two bodies only: after it, a family named before is another one. */
  forget(): void {
    this.#families.clear();
    this.#nameChars = 0;
  }

  named(name: string): ToldFamily {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = new ToldFamily(name);
      this.#families.set(name, family);
      this.#nameChars += name.length;
    }
    return family;
  }

  tell({ family, part }: ToldOfFamily): void {
    if (family.body !== this.#body) {
      family.body = this.#body;
      family.type = 'unknown';
      family.help = '';
      family.unit = '';
      this.#inBody.push(family);
    }
    family.type = part.type ?? family.type;
    family.help = part.help ?? family.help;
    family.unit = part.unit ?? family.unit;
  }

  deliver(receiver: ExpositionReceiver): void {
    for (const family of this.#inBody) receiver.family(family.name, family.metadata());
  }
}
