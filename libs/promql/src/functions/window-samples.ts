import { SAMPLE_KIND, type Histogram, type SampleRun } from '#metrics';
import type { Notes, RangeWindow } from './function-kinds.js';
import { ignoredHistograms } from './note-texts.js';

export function sampleAt({ kinds, values, histograms }: SampleRun, i: number): number | Histogram {
  return kinds?.[i] === SAMPLE_KIND.histogram ? histograms![i]! : values[i]!;
}

export function contentOf({ run: { kinds }, first, end }: RangeWindow): 'floats' | 'histograms' | 'mixed' {
  if (kinds === null) return 'floats';
  const kind = kinds[first];
  for (let i = first + 1; i < end; i++) if (kinds[i] !== kind) return 'mixed';
  return kind === SAMPLE_KIND.float ? 'floats' : 'histograms';
}

/** The histograms of a window that holds nothing else. */
export function histogramsOf({ run, first, end }: RangeWindow): readonly Histogram[] {
  return run.histograms!.slice(first, end) as readonly Histogram[];
}

/** The same window with its floats alone, null when it has none. That histograms are left out is said only beside floats. */
export function floatsOf(window: RangeWindow, notes: Notes): RangeWindow | null {
  switch (contentOf(window)) {
    case 'floats':
      return window;
    case 'histograms':
      return null;
    case 'mixed':
      notes.info(ignoredHistograms(window.metricName));
      return withoutHistograms(window);
  }
}

function withoutHistograms(window: RangeWindow): RangeWindow {
  const { timesMs, values, kinds } = window.run;
  const kept: number[] = [];
  for (let i = window.first; i < window.end; i++) if (kinds![i] === SAMPLE_KIND.float) kept.push(i);
  const run = { timesMs: Float64Array.from(kept, (i) => timesMs[i]!), values: Float64Array.from(kept, (i) => values[i]!), kinds: null, histograms: null, startsMs: null };
  return { ...window, run, first: 0, end: kept.length };
}
