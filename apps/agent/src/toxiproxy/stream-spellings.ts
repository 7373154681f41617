import type { Stream, Toxic } from '#contracts';

/** Remembers streams that were not written in lower case: a client that asked for `UpStream` is told `UpStream`. Only for show; nothing is lost with it. */
export class StreamSpellings {
  private readonly byToxic = new Map<string, string>();

  note(proxy: string, toxic: string, written: string): void {
    if (written === written.toLowerCase()) this.forget(proxy, toxic);
    else this.byToxic.set(key(proxy, toxic), written);
  }

  forget(proxy: string, toxic: string): void {
    this.byToxic.delete(key(proxy, toxic));
  }

  /** A toxic of that name that came by another way since may act on the other stream: then the spelling is not of this one. */
  of(proxy: string, toxic: Toxic): string {
    const written = this.byToxic.get(key(proxy, toxic.name));
    return written !== undefined && streamOf(written) === toxic.stream ? written : toxic.stream;
  }
}

/** Undefined: no stream is called that, in any case. */
export function streamOf(written: string): Stream | undefined {
  const lower = written.toLowerCase();
  return lower === 'upstream' || lower === 'downstream' ? lower : undefined;
}

function key(proxy: string, toxic: string): string {
  return JSON.stringify([proxy, toxic]);
}
