import { compilePattern } from './compile-pattern.js';
import type { Matcher } from './matcher.js';

/** Of a label's value, which is empty when the label is absent. Throws PatternError. */
export function compileMatcher({ operator, value: wanted }: Matcher): (value: string) => boolean {
  switch (operator) {
    case '=':
      return (value) => value === wanted;
    case '!=':
      return (value) => value !== wanted;
    case '=~':
      return compilePattern(wanted).matches;
    case '!~': {
      const { matches } = compilePattern(wanted);
      return (value) => !matches(value);
    }
  }
}
