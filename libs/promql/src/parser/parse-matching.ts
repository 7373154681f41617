import type { Matching } from '../ast.js';
import { quote, unquote } from './go-string.js';
import { numberOf } from './parse-duration.js';
import { isGroupingLabel } from './token.js';
import type { TokenStream } from './token-stream.js';

const GROUPING = 'grouping opts';

/** What stands between a binary operator and its right side. */
export function parseMatching(stream: TokenStream): { readonly returnBool: boolean; readonly matching: Matching } {
  const returnBool = stream.accept('bool') !== null;
  const keyword = stream.accept('on', 'ignoring');
  const labels = keyword === null ? [] : parseGroupingLabels(stream).labels;
  const group = keyword === null ? null : stream.accept('group_left', 'group_right');
  const include = group !== null && stream.is('(') ? parseGroupingLabels(stream).labels : [];
  const cardinality = group === null ? 'one-to-one' : group.kind === 'group_left' ? 'many-to-one' : 'one-to-many';
  return { returnBool, matching: { cardinality, on: keyword?.kind === 'on', labels, include, fill: parseFill(stream) } };
}

/** `fill` for both sides, or one or both of `fill_left` and `fill_right` in any order. */
function parseFill(stream: TokenStream): Matching['fill'] {
  const first = stream.accept('fill', 'fill_left', 'fill_right');
  if (first === null) return { left: null, right: null };
  const value = parseFillValue(stream);
  if (first.kind === 'fill') return { left: value, right: value };
  const hasSecond = stream.accept(first.kind === 'fill_left' ? 'fill_right' : 'fill_left') !== null;
  const second = hasSecond ? parseFillValue(stream) : null;
  return first.kind === 'fill_left' ? { left: value, right: second } : { left: second, right: value };
}

function parseFillValue(stream: TokenStream): number {
  stream.expect('(');
  const sign = stream.accept('+', '-');
  const token = stream.accept('number', 'duration') ?? stream.throwUnexpected();
  stream.expect(')');
  const { value } = numberOf(stream, token);
  return sign?.kind === '-' ? -value : value;
}

/** Labels in parentheses; keywords may be labels too. */
export function parseGroupingLabels(stream: TokenStream): { readonly labels: readonly string[]; readonly to: number } {
  stream.expect('(', GROUPING, '"("');
  const labels: string[] = [];
  for (let closing = stream.accept(')'); ; closing = stream.accept(')')) {
    if (closing !== null) return { labels, to: closing.to };
    labels.push(parseGroupingLabel(stream));
    if (!stream.is(')')) stream.expect(',', GROUPING, '"," or ")"');
  }
}

function parseGroupingLabel(stream: TokenStream): string {
  const token = stream.peek();
  if (token.kind !== 'string' && !isGroupingLabel(token)) return stream.throwUnexpected(GROUPING, 'label');
  stream.next();
  const label = token.kind === 'string' ? unquote(token.text) : token.text;
  if (label === '' || /\p{Cs}/u.test(label)) throw stream.error(token, `invalid label name for grouping: ${quote(label)}`);
  return label;
}
