import { compileRe2, expandTemplate, METRIC_NAME, PatternError } from '#metrics';
import { labelValue, withLabel } from '../engine/label-sets.js';
import { QueryError } from '../query-error.js';
import type { LabelFunction, NamedSeries } from './function-kinds.js';

// A byte that is no UTF-8 is kept as a surrogate without its partner.
const NOT_UTF8 = /\p{Surrogate}/u;

export const LABEL_FUNCTIONS = {
  /** Where the whole of the source label matches, the destination label gets the replacement with the match's groups in it. */
  label_replace: {
    kind: 'label',
    prepare: ([destination = '', replacement = '', source = '', pattern = '']) => {
      const match = matcherOf(pattern);
      assertName(destination, 'destination label name in label_replace()');
      return (series) => {
        const groups = match(labelValue(series.labels, source));
        return groups === null ? series : renamed(series, destination, expandTemplate(replacement, groups));
      };
    },
  },
  /** The destination label gets the values of the source labels, one behind the other. */
  label_join: {
    kind: 'label',
    prepare: ([destination = '', separator = '', ...sources]) => {
      for (const source of sources) assertName(source, 'source label name in label_join()');
      assertName(destination, 'destination label name in label_join()');
      return (series) => renamed(series, destination, sources.map((source) => labelValue(series.labels, source)).join(separator));
    },
  },
} as const satisfies Record<string, LabelFunction>;

/** A name that was given on purpose stays. */
function renamed({ labels, dropName }: NamedSeries, name: string, value: string): NamedSeries {
  return { labels: withLabel(labels, name, value), dropName: name === METRIC_NAME ? false : dropName };
}

function assertName(name: string, what: string): void {
  if (name === '' || NOT_UTF8.test(name)) throw new QueryError('execution', `invalid ${what}: ${name}`);
}

type Groups = Parameters<typeof expandTemplate>[1];

function matcherOf(pattern: string): (text: string) => Groups | null {
  const regexp = compiled(pattern);
  const names = Object.entries(regexp.namedGroups());
  return (text) => {
    const match = regexp.matcher(text);
    if (!match.matches()) return null;
    const numbered = Array.from({ length: match.groupCount() + 1 }, (_, i) => match.group(i));
    return { numbered, named: new Map(names.map(([name, i]) => [name, numbered[i] ?? null])) };
  };
}

function compiled(pattern: string): ReturnType<typeof compileRe2> {
  try {
    return compileRe2(pattern);
  } catch (cause) {
    if (cause instanceof PatternError) throw new QueryError('execution', `invalid regular expression in label_replace(): ${pattern}`, null, { cause });
    throw cause;
  }
}
