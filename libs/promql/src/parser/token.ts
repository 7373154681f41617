import { AGGREGATE_OPERATORS } from '../ast.js';
import { quote } from './go-string.js';

const SYMBOL_OPERATORS = ['+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', '</', '>/', '=~', '!~', '@'] as const;
const WORD_OPERATORS = ['and', 'or', 'unless', 'atan2'] as const;
const MODIFIERS = ['offset', 'smoothed', 'anchored', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'fill', 'fill_left', 'fill_right', 'bool'] as const;
const QUERY_TIMES = ['start', 'end', 'step', 'range', 'max_of', 'min_of'] as const;

/** A word that is a keyword is its own kind, whatever its case; so is a symbol. */
export type TokenKind =
  | 'end of input'
  | 'identifier'
  | 'metric identifier'
  | 'string'
  | 'number'
  | 'duration'
  | '('
  | ')'
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | '='
  | (typeof SYMBOL_OPERATORS)[number]
  | (typeof WORD_OPERATORS)[number]
  | (typeof MODIFIERS)[number]
  | (typeof QUERY_TIMES)[number]
  | (typeof AGGREGATE_OPERATORS)[number];

export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const words = (list: readonly TokenKind[]): ReadonlyMap<string, TokenKind> => new Map(list.map((word) => [word, word]));
const OPERATORS = words([...SYMBOL_OPERATORS, ...WORD_OPERATORS]);
const MODIFIER_WORDS = words(MODIFIERS);
const AGGREGATES = words(AGGREGATE_OPERATORS);

/** By lower-case text. */
export const KEYWORDS: ReadonlyMap<string, TokenKind> = new Map([
  ...words(WORD_OPERATORS),
  ...MODIFIER_WORDS,
  ...AGGREGATES,
  ...words(QUERY_TIMES),
  ['inf', 'number'],
  ['nan', 'number'],
]);

/** Keywords that cannot be the name of a metric. */
const NEVER_METRIC = words(['atan2', 'bool', 'group_left', 'group_right', 'ignoring', 'on']);

const isWord = (kind: TokenKind): boolean => KEYWORDS.has(kind);
export const isMetricName = ({ kind }: Token): boolean => kind === 'identifier' || kind === 'metric identifier' || (isWord(kind) && !NEVER_METRIC.has(kind));
/** Within by (...) and the like. `without` is left out, as Prometheus does. */
export const isGroupingLabel = ({ kind }: Token): boolean => kind === 'identifier' || kind === 'metric identifier' || (isWord(kind) && kind !== 'without');

/** As error texts name a token. */
export function describe({ kind, text }: Token): string {
  if (kind === 'end of input') return kind;
  if (kind === 'identifier' || kind === 'metric identifier') return `${kind} ${quote(text)}`;
  if (MODIFIER_WORDS.has(kind)) return `<${text}>`;
  if (OPERATORS.has(kind)) return `<op:${text}>`;
  if (AGGREGATES.has(kind)) return `<aggr:${text}>`;
  const shown = text.length > 10 ? `${quote(Array.from(text).slice(0, 10).join(''))}...` : quote(text);
  return kind === 'string' || kind === 'number' || kind === 'duration' ? `${kind} ${shown}` : shown;
}
