import { RE2JS, RE2JSSyntaxException } from 're2js';
import { estimatedProgramSize } from './pattern-cost.js';
import { simplePattern } from './simple-pattern.js';
import type { SimplePattern } from './simple-pattern.js';

// Long lists of hosts are the longest patterns that dashboards send.
const MAX_PATTERN_LENGTH = 100_000;
// RE2 takes time in proportion to program times text: at this size up to 30 ms for 100 characters, where most patterns take some microseconds; above it, much more.
const MAX_PROGRAM_SIZE = 10_000;
const DOT_MATCHES_ALL = '(?s)';

/** RE2 refuses the pattern, in its words, or it would cost too much to run. The message is fit to be shown. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

export interface CompiledPattern {
  readonly matches: (value: string) => boolean;
  /** The only values that match, each once, where the pattern says so plainly; null where it does not. */
  readonly literals: readonly string[] | null;
}

/** Anchored at both ends, a dot matches line ends, in time linear in the value. Throws PatternError. */
export function compilePattern(pattern: string): CompiledPattern {
  requireLength(pattern);
  const simple = simplePattern(pattern);
  if (simple === null) {
    const regexp = compileRe2(pattern);
    return { matches: (value) => regexp.testExact(value), literals: null };
  }
  const exact = simple.before === 'none' && simple.behind === 'none';
  return { matches: exact ? oneOf(simple.middles) : around(simple), literals: exact ? simple.middles : null };
}

/** For what needs the groups as well. Not anchored: use it through methods that match the whole input. Throws PatternError. */
export function compileRe2(pattern: string): RE2JS {
  requireLength(pattern);
  if (estimatedProgramSize(pattern) > MAX_PROGRAM_SIZE) throw tooLarge();
  try {
    const regexp = RE2JS.compile(pattern, RE2JS.DOTALL);
    if (regexp.programSize() > MAX_PROGRAM_SIZE) throw tooLarge();
    return regexp;
  } catch (cause) {
    if (cause instanceof RE2JSSyntaxException) throw new PatternError(syntaxProblem(cause, pattern));
    throw cause;
  }
}

function requireLength(pattern: string): void {
  if (pattern.length > MAX_PATTERN_LENGTH) throw new PatternError(`error parsing regexp: the pattern has ${pattern.length} characters, more than ${MAX_PATTERN_LENGTH}`);
}

function tooLarge(): PatternError {
  return new PatternError(`error parsing regexp: expression too large: it compiles to more than ${MAX_PROGRAM_SIZE} instructions`);
}

/** As Go's regexp says it. RE2JS writes the dot flag into the pattern and would quote it too. */
function syntaxProblem(error: RE2JSSyntaxException, pattern: string): string {
  const quoted = error.getPattern() ?? '';
  return `error parsing regexp: ${error.getDescription()}: \`${quoted === DOT_MATCHES_ALL + pattern ? pattern : quoted}\``;
}

function oneOf(literals: readonly string[]): (value: string) => boolean {
  if (literals.length === 1) {
    const only = literals[0]!;
    return (value) => value === only;
  }
  const all = new Set(literals);
  return (value) => all.has(value);
}

function around({ before, middles, behind }: SimplePattern): (value: string) => boolean {
  const least = before === 'some' || behind === 'some' ? 1 : 0;
  if (before === 'none') return (value) => middles.some((middle) => value.length >= middle.length + least && value.startsWith(middle));
  if (behind === 'none') return (value) => middles.some((middle) => value.length >= middle.length + least && value.endsWith(middle));
  const firstAt = before === 'some' ? 1 : 0;
  const leastBehind = behind === 'some' ? 1 : 0;
  return (value) =>
    middles.some((middle) => {
      const at = value.indexOf(middle, firstAt);
      return at >= 0 && at + middle.length + leastBehind <= value.length;
    });
}
