type ExpectationType = 'ordered' | 'fail' | 'warn' | 'no_warn' | 'info' | 'no_info';

/** A line such as `expect warn msg: ...` of a case. */
export interface Expectation {
  readonly type: ExpectationType;
  /** What a message must be; null: anything. */
  readonly pattern: { readonly type: 'text'; readonly text: string } | { readonly type: 'regex'; readonly regex: RegExp } | null;
}

const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;
/** The older form, below an `eval_fail`. */
const EXPECTED_FAIL = /^expected_fail_(message|regexp)\s+(.+)$/;

/** Null when `line` is no expectation. Throws when it is a bad one. */
export function parseExpectation(line: string): Expectation | null {
  const old = EXPECTED_FAIL.exec(line);
  if (old !== null) return { type: 'fail', pattern: patternOf(old[1] === 'regexp' ? 'regex' : 'msg', old[2]!) };
  if (line.split(' ')[0] !== 'expect') return null;
  const [, type, form, text] = EXPECT.exec(line) ?? [];
  if (type === undefined) throw new Error(`invalid expect statement ${JSON.stringify(line)}`);
  return { type: type as Expectation['type'], pattern: form === undefined ? null : patternOf(form, text!) };
}

const patternOf = (form: string, text: string): Expectation['pattern'] =>
  form === 'msg' ? { type: 'text', text: text.trim() } : { type: 'regex', regex: new RegExp(text.trim()) };

export function fulfils({ pattern }: Expectation, message: string): boolean {
  if (pattern === null) return true;
  return pattern.type === 'text' ? pattern.text === message : pattern.regex.test(message);
}

/** What is wrong with the messages of one kind; null: nothing. */
export function problemOfMessages(kind: 'warn' | 'info', expectations: readonly Expectation[], messages: readonly string[]): string | null {
  const wanted = expectations.filter(({ type }) => type === kind);
  const missing = wanted.find((expectation) => !messages.some((message) => fulfils(expectation, message)));
  if (missing !== undefined) return `expected ${kind} ${patternText(missing)}, got ${JSON.stringify(messages)}`;
  const surplus = messages.find((message) => wanted.length > 0 && !wanted.some((expectation) => fulfils(expectation, message)));
  if (surplus !== undefined) return `unexpected ${kind} ${JSON.stringify(surplus)}`;
  const isForbidden = expectations.some(({ type }) => type === `no_${kind}`);
  return isForbidden && messages.length > 0 ? `expected no ${kind}, got ${JSON.stringify(messages)}` : null;
}

export const patternText = ({ pattern }: Expectation): string =>
  pattern === null ? 'of any text' : pattern.type === 'text' ? JSON.stringify(pattern.text) : String(pattern.regex);
