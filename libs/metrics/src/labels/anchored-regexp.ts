import { compileRe2 } from './compile-pattern.js';
import type { TemplateGroups } from './expand-template.js';

/** A pattern whose groups fill templates, as in relabelling and `label_replace`. */
export interface AnchoredRegexp {
  matches(value: string): boolean;
  /** Null when the value does not match. */
  groups(value: string): TemplateGroups | null;
}

/** Matches whole values only; a dot matches line ends. Throws PatternError. */
export function compileAnchored(pattern: string): AnchoredRegexp {
  const regexp = compileRe2(pattern);
  const names = Object.entries(regexp.namedGroups());
  return {
    matches: (value) => regexp.testExact(value),
    groups: (value) => {
      const matcher = regexp.matcher(value);
      if (!matcher.matches()) return null;
      const numbered = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
      return { numbered, named: new Map(names.map(([name, group]) => [name, numbered[group] ?? null])) };
    },
  };
}
