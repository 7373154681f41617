import { JournalDecoder } from '#metrics';
import type { SampleKind } from '#metrics';
import type { JournalStore } from '../../storage/metrics/journal.store.js';
import type { SeriesStore } from '../../storage/metrics/series.store.js';
import { HeadPart } from './head-part.js';
import type { Head } from './head.js';
import type { SeriesAdmission } from './series-admission.js';

export interface Recovered {
  readonly samples: number;
  /** Greater than any part of the journal. */
  readonly nextPart: number;
}

/** Reads what was acknowledged and is in no block yet back into the head. Throws CodecError when a row is damaged: nothing is dropped then. */
export async function recover(parts: { readonly journal: JournalStore; readonly series: SeriesStore; readonly head: Head; readonly admission: SeriesAdmission; readonly nowMs: number }): Promise<Recovered> {
  const { journal, series, head, admission, nowMs } = parts;
  for await (const some of series.metrics()) for (const { id, metricId } of some) admission.noteMetric(id, metricId);
  const names = await series.names();
  const numbers = await journal.parts();
  for (const number of numbers) {
    head.openPart(new HeadPart(number, nowMs));
    const decoder = new JournalDecoder();
    for await (const { data } of journal.rows(number)) {
      const batch = decoder.decode(data);
      for (let i = 0; i < batch.count; i += 1) {
        const slot = admission.admitKnown(batch.seriesIds[i]!, names);
        head.restore(slot, batch.timesMs[i]!, batch.values[i]!, batch.kinds[i] as SampleKind, batch.startsMs[i]!, batch.histograms.get(i) ?? null);
      }
    }
  }
  return { samples: head.sampleCount, nextPart: (numbers.at(-1) ?? 0) + 1 };
}
