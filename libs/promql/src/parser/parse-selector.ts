import { METRIC_NAME } from '#metrics';
import type { Matcher, MatchOperator } from '#metrics';
import { RE2JS } from 're2js';
import type { VectorSelector } from '../ast.js';
import { unquote } from './go-string.js';
import type { Token } from './token.js';
import type { TokenStream } from './token-stream.js';

const CONTEXT = 'label matching';

/** A name, matchers in braces, or both. */
export function parseSelector(stream: TokenStream, name: Token | null): VectorSelector {
  const from = (name ?? stream.peek()).from;
  const matchers: Matcher[] = [];
  let to = name?.to ?? from;
  if (stream.is('{')) to = parseMatchers(stream, matchers);
  if (name !== null) matchers.push({ name: METRIC_NAME, operator: '=', value: name.text });
  return { type: 'vector-selector', name: name?.text ?? null, matchers, offset: null, at: null, extension: 'none', position: { from, to } };
}

/** Up to the closing brace, whose end it gives. */
function parseMatchers(stream: TokenStream, matchers: Matcher[]): number {
  stream.next();
  for (let closing = stream.accept('}'); ; closing = stream.accept('}')) {
    if (closing !== null) return closing.to;
    matchers.push(parseMatcher(stream));
    if (!stream.is('}')) stream.expect(',', CONTEXT, `"," or "}"`);
  }
}

function parseMatcher(stream: TokenStream): Matcher {
  const label = stream.accept('identifier', 'string') ?? stream.throwUnexpected(CONTEXT, `identifier or "}"`);
  const name = label.kind === 'string' ? unquote(label.text) : label.text;
  const operator = stream.accept('=', '!=', '=~', '!~');
  if (operator === null) {
    if (label.kind === 'string') return { name: METRIC_NAME, operator: '=', value: name };
    return stream.throwUnexpected(CONTEXT, 'label matching operator');
  }
  const literal = stream.expect('string', CONTEXT, 'string');
  const matcher = { name, operator: operator.kind as MatchOperator, value: unquote(literal.text) };
  if (isPattern(matcher)) {
    const problem = problemOfPattern(matcher.value);
    if (problem !== null) throw stream.error({ from: label.from, to: literal.to }, problem);
  }
  return matcher;
}

const isPattern = ({ operator }: Matcher): boolean => operator === '=~' || operator === '!~';
/** As Prometheus anchors it. */
const compile = (pattern: string): RE2JS => RE2JS.compile(`^(?s:${pattern})$`);

function problemOfPattern(pattern: string): string | null {
  try {
    compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a series without the label passes. */
export function matchesEmpty(matcher: Matcher): boolean {
  const isEmpty = isPattern(matcher) ? compile(matcher.value).matches('') : matcher.value === '';
  return matcher.operator === '=' || matcher.operator === '=~' ? isEmpty : !isEmpty;
}
