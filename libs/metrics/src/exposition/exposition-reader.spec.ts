import { describe, expect, it } from 'vitest';
import { ExpositionError } from './exposition-error.js';
import type { ExpositionFormat } from './exposition.js';
import { ExpositionReader } from './exposition-reader.js';
import { SEED, readBody } from './read-body.fixture.js';
import type { ReadSample } from './read-body.fixture.js';

const FORMATS = ['prometheus-text', 'openmetrics-text'] as const;
const LIMIT_BYTES = 1 << 20;

/** One line, ended as its format asks. */
const only = (line: string, format: ExpositionFormat): ReadSample => readBody(format === 'openmetrics-text' ? `${line}\n# EOF\n` : `${line}\n`, format).samples[0]!;
const text = (body: string): readonly ReadSample[] => readBody(body, 'prometheus-text').samples;
const metrics = (body: string): readonly ReadSample[] => readBody(`${body}# EOF\n`, 'openmetrics-text').samples;
const bytes = (...parts: readonly (string | number)[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part])));

function errorOf(read: () => unknown): ExpositionError {
  try {
    read();
  } catch (cause) {
    if (cause instanceof ExpositionError) return cause;
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe.each(FORMATS)('both formats: %s', (format) => {
  it.each([
    ['a name alone', 'up 1', { __name__: 'up' }],
    ['empty braces', 'up{} 1', { __name__: 'up' }],
    ['labels out of order', 'm:x_1{b="2",a="1"} 1', { __name__: 'm:x_1', a: '1', b: '2' }],
    ['an empty value, which is no label', 'm{a="",b="2"} 1', { __name__: 'm', b: '2' }],
    ['escapes', String.raw`m{a="\\\"\n\t} ,#{"} 1`, { __name__: 'm', a: '\\"\n\\t} ,#{' }],
    ['a quoted name', '{"my.metric"} 1', { __name__: 'my.metric' }],
    ['quoted names and labels', String.raw`{"my \"own\" metric","l.x"="v",y="w"} 1`, { __name__: 'my "own" metric', 'l.x': 'v', y: 'w' }],
    ['a quoted name behind labels', '{a="1","späte"} 1', { __name__: 'späte', a: '1' }],
    ['a comma at the end', 'm{a="1",} 1', { __name__: 'm', a: '1' }],
    ['text beyond ASCII', 'm{a="日本語 🚀"} 1', { __name__: 'm', a: '日本語 🚀' }],
    ['a zero byte', 'm{a="x\0y"} 1', { __name__: 'm', a: 'x\0y' }],
  ])('reads %s', (_what, line, labels) => expect(only(line, format)).toEqual({ labels, value: 1, timeMs: null, exemplar: null }));

  it('gives labels sorted by name in bytes', () => {
    const names: string[][] = [];
    const body = `{"x","\u{1f680}"="1","\uffff"="1",Z="1",a="1"} 1\n# EOF\n`;
    new ExpositionReader({ seed: SEED }).read(new TextEncoder().encode(body), format, { sample: (sample) => void names.push(sample.labels().map(({ name }) => name)), family: () => {} });
    expect(names).toEqual([['Z', '__name__', 'a', '\uffff', '\u{1f680}']]);
  });

  it('gives the same key to the same bytes, and others to others', () => {
    const body = 'a{x="1"} 1\na{x="1"} 2\na{x="2"} 1\na 1\naa 1\n# EOF\n';
    const { keys } = readBody(body, format);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(4);
    expect(readBody(body, format).keys).toEqual(keys);
  });

  it.each([
    ['a digit first', '0a 1'],
    ['a foreign letter in a name', 'a-b 1'],
    ['a foreign letter before braces', 'a-b{} 1'],
    ['no value', 'a'],
    ['no value behind a space', 'a '],
    ['no name at all', '{a="1"} 1'],
    ['two names', 'a{"b"} 1'],
    ['two quoted names', '{"a","b"} 1'],
    ['an empty quoted name', '{""} 1'],
    ['an empty label name', 'a{""="x"} 1'],
    ['a label twice', 'a{b="1",c="2",b="1"} 1'],
    ['an empty label twice', 'a{b="",b=""} 1'],
    ['a name given as a label too', 'a{__name__="b"} 1'],
    ['a digit first in a label name', 'a{1="1"} 1'],
    ['a colon in a label name', 'a{a:b="1"} 1'],
    ['a label without value', 'a{a} 1'],
    ['a value without quotes', 'a{a=1} 1'],
    ['two commas', 'a{a="1",,b="2"} 1'],
    ['a comma first', 'a{,a="1"} 1'],
    ['an open brace', 'a{a="1" 1'],
    ['an open quote', 'a{a="1} 1'],
    ['text behind the value', 'a 1x'],
    ['text behind the timestamp', 'a 1 1x'],
    ['a third number', 'a 1 1 1'],
    ['a carriage return', 'a 1\r'],
  ])('refuses %s', (_what, line) => expect(() => only(line, format)).toThrow(ExpositionError));

  it.each([
    ['a label value', bytes('a{b="', 0xff, '"} 1\n# EOF\n')],
    ['a metric name', bytes('{"', 0xc0, 0x80, '"} 1\n# EOF\n')],
    ['a label name', bytes('a{"', 0xed, 0xa0, 0x80, '"="1"} 1\n# EOF\n')],
    ['a help text', bytes('# HELP a ', 0xff, '\n# EOF\n')],
  ])('refuses bytes that are not UTF-8 in %s', (_what, body) => expect(() => readBody(body, format)).toThrow(/valid UTF-8/));

  it('takes a thousand labels, and no more', () => {
    const lineOf = (count: number): string => `a{${Array.from({ length: count }, (_, i) => `l${i}="x"`).join(',')}} 1`;
    expect(Object.keys(only(lineOf(999), format).labels)).toHaveLength(1000);
    expect(() => only(lineOf(1000), format)).toThrow('at most 1000 labels');
  });

  it('takes a line of a mebibyte, and none longer', () => {
    const lineOf = (length: number): string => `a{b="${'x'.repeat(length - 'a{b=""} 1\n'.length)}"} 1`;
    expect(only(lineOf(LIMIT_BYTES), format).value).toBe(1);
    expect(() => only(lineOf(LIMIT_BYTES + 1), format)).toThrow(/Line 1, column 1: expected a line of at most 1048576 bytes/);
    expect(() => only(`# HELP a ${'x'.repeat(LIMIT_BYTES)}`, format)).toThrow(/at most 1048576 bytes/);
  });

  it('tells the line, the column in characters, and what is there, cut', () => {
    const error = errorOf(() => readBody(`ok 1\na{ü="${'x'.repeat(100)}"} 1\n`, format));
    expect(error).toMatchObject({ line: 2, column: 3, expected: 'a label name', found: `ü="${'x'.repeat(57)}` });
    expect(error.message).toMatch(/^Line 2, column 3: expected a label name, found "ü=/);
    expect(errorOf(() => readBody('ok 1\n\na{b="ü"} z\n# EOF\n'.replace('\n\n', '\n'), format))).toMatchObject({ line: 2, column: 10, found: 'z' });
    expect(errorOf(() => readBody('a\n# EOF\n', format)).message).toMatch(/found the end of the line\.$/);
  });

  it('reads a view into a larger buffer', () => {
    const whole = new TextEncoder().encode('xxxa{b="1"} 5\n# EOF\nyyy');
    expect(readBody(whole.subarray(3, -3), format).samples).toEqual([{ labels: { __name__: 'a', b: '1' }, value: 5, timeMs: null, exemplar: null }]);
  });

  it('gives the families behind a whole body only, and stays usable', () => {
    const reader = new ExpositionReader({ seed: SEED });
    const broken = '# TYPE a gauge\na 1\nb\n# EOF\n';
    const names: string[] = [];
    expect(() => reader.read(new TextEncoder().encode(broken), format, { sample: () => {}, family: (name) => void names.push(name) })).toThrow(ExpositionError);
    expect(names).toEqual([]);
    expect(readBody('# TYPE b gauge\nb 1\n# EOF\n', format, reader).families).toEqual([['b', { type: 'gauge', help: '', unit: '' }]]);
  });
});

describe('Prometheus text', () => {
  it('takes blanks, blank lines and remarks where they may stand', () => {
    const body = '\n \t\n  a\t{ b = "1" , c="2" }\t 1  5 \n#\n#x\n# any remark\n#HELP a x\n# HELPER\n# HELP\nb 2';
    expect(text(body)).toEqual([
      { labels: { __name__: 'a', b: '1', c: '2' }, value: 1, timeMs: 5, exemplar: null },
      { labels: { __name__: 'b' }, value: 2, timeMs: null, exemplar: null },
    ]);
  });

  it.each([
    ['no comma between labels', 'a{b="1" c="2"} 1', { __name__: 'a', b: '1', c: '2' }],
    ['no blank before the value', 'a{b="1"}1', { __name__: 'a', b: '1' }],
    ['a line feed in quotes', 'a{b="x\ny"} 1', { __name__: 'a', b: 'x\ny' }],
  ])('takes what the scraper of Prometheus takes: %s', (_what, line, labels) => expect(text(line)).toEqual([{ labels, value: 1, timeMs: null, exemplar: null }]));

  it('reads timestamps as integer milliseconds', () => {
    expect(text('a 1 1700000000123\na 1 -5\n').map(({ timeMs }) => timeMs)).toEqual([1700000000123, -5]);
    expect(() => text('a 1 1.5\n')).toThrow(ExpositionError);
    expect(() => text('a 1 99999999999999999999\n')).toThrow(/64 bits/);
  });

  it('has no exemplars', () => expect(() => text('a_total 1 # {b="c"} 1\n')).toThrow(/an integer/));

  it('collects what is said of families, wherever it stands; the last of two holds', () => {
    const body = String.raw`# HELP a  one \n\\ "two\"
# TYPE a	counter${' '}
a 1
# TYPE "b.c" untyped
# HELP "b.c"
# HELP a three
# TYPE d summary
# UNIT a seconds
`;
    expect(readBody(body, 'prometheus-text').families).toEqual([
      ['a', { type: 'counter', help: 'three', unit: '' }],
      ['b.c', { type: 'unknown', help: '', unit: '' }],
      ['d', { type: 'summary', help: '', unit: '' }],
    ]);
    expect(readBody(String.raw`# HELP a  one \n\\ "two\"`, 'prometheus-text').families[0]![1].help).toBe(' one \n\\ "two\\"');
  });

  it.each(['# TYPE a', '# TYPE a meh', '# TYPE a info', '# TYPE a- gauge', '# TYPE 1 gauge', '# HELP  ', '# TYPE "" gauge', '# TYPE a gauge\r'])('refuses %j', (line) =>
    expect(() => text(`${line}\n`)).toThrow(ExpositionError),
  );

  it('takes a help line for what is no name as a remark', () => expect(readBody('# HELP a-b text\na 1\n', 'prometheus-text').families).toEqual([]));

  it('takes nothing as an empty exposition', () => expect(readBody('', 'prometheus-text')).toEqual({ samples: [], families: [], keys: [] }));
});

describe('OpenMetrics', () => {
  it('reads timestamps as seconds', () => {
    const body = 'a 1 1700000000.123\na 1 1.5e3\na 1 -0.0001\na 1 12345678901234567890.5\n';
    expect(metrics(body).map(({ timeMs }) => timeMs)).toEqual([1700000000123, 1_500_000, 0, 12345678901234567890.5 * 1000]);
    for (const time of ['NaN', 'Inf', '1e308', 'x', '']) expect(() => metrics(`a 1 ${time}\n`), time).toThrow(ExpositionError);
  });

  it('reads exemplars', () => {
    const body = 'a_total 1 # {} 0.5\na_total 1 2 # {trace_id="x # y",b="\\n"} 3 4.5\n';
    expect(metrics(body).map(({ exemplar, timeMs }) => ({ exemplar, timeMs }))).toEqual([
      { timeMs: null, exemplar: { labels: {}, value: 0.5, timeMs: null } },
      { timeMs: 2000, exemplar: { labels: { b: '\n', trace_id: 'x # y' }, value: 3, timeMs: 4500 } },
    ]);
  });

  it('forgets the exemplar and the time of the line before', () => {
    expect(metrics('a 1 2 # {} 1\na 1\n')[1]).toEqual({ labels: { __name__: 'a' }, value: 1, timeMs: null, exemplar: null });
  });

  it.each(['a 1 #', 'a 1 # ', 'a 1 #{} 1', 'a 1 # {}', 'a 1 # {}1', 'a 1 # {} 1 ', 'a 1 # {} 1 1 1', 'a 1 # {"x"} 1', 'a 1 # {a="1",a="2"} 1', 'a 1# {} 1', 'a 1 # {} 1 NaN', 'a 1  # {} 1'])(
    'refuses the exemplar of %j',
    (line) => expect(() => metrics(`${line}\n`)).toThrow(ExpositionError),
  );

  it.each(['', ' a 1', 'a  1', 'a\t1', 'a 1 ', 'a{b="1"}1', 'a {b="1"} 1', 'a{ b="1"} 1', 'a{b="1" c="2"} 1', 'a{b="1\n2"} 1', '#', '# x', '#HELP a x', '# HELP a', '# TYPE a untyped', '# TYPE a gauge ', '# UNIT a s'])(
    'refuses %j',
    (line) => expect(() => metrics(`${line}\n`)).toThrow(ExpositionError),
  );

  it('collects what is said of families', () => {
    const body = String.raw`# TYPE a_seconds counter
# UNIT a_seconds seconds
# HELP a_seconds say \"x\"\n
a_seconds_total 1
# TYPE b stateset
# UNIT b${' '}
# EOF`;
    expect(readBody(body, 'openmetrics-text').families).toEqual([
      ['a_seconds', { type: 'counter', help: 'say "x"\n', unit: 'seconds' }],
      ['b', { type: 'stateset', help: '', unit: '' }],
    ]);
  });

  it('ends with its mark and nothing behind it', () => {
    expect(readBody('a 1\n# EOF', 'openmetrics-text').samples).toHaveLength(1);
    expect(errorOf(() => readBody('a 1\n', 'openmetrics-text')).message).toBe('Line 2, column 1: expected "# EOF", found the end of the body.');
    for (const body of ['', 'a 1', '# EOF\n\n', '# EOF\na 1\n', '# EOFx', '# EOF \n', 'a 1\n# EOF\n# EOF\n']) expect(() => readBody(body, 'openmetrics-text'), body).toThrow(ExpositionError);
  });
});

describe('remembered comments', () => {
  const bodyOf = (...blocks: readonly string[]): string => `${blocks.join('')}# EOF\n`;
  const A = '# HELP a first\n# TYPE a gauge\na 1\n';
  const B = '# HELP b second\n# TYPE b counter\nb_total 1\n';
  const families = (body: string, reader: ExpositionReader) => readBody(body, 'openmetrics-text', reader).families;

  it('say the same the next time, in the same objects', () => {
    const reader = new ExpositionReader({ seed: SEED });
    const first = families(bodyOf(A, B), reader);
    const second = families(bodyOf(A, B), reader);
    expect(second).toEqual(first);
    expect(second[0]![1]).toBe(first[0]![1]);
  });

  it('hold in any order, with others between, and where lines are gone or changed', () => {
    const reader = new ExpositionReader({ seed: SEED });
    const bodies = [bodyOf(A, B), bodyOf(B, A), bodyOf(A, '# TYPE c gauge\n', B), bodyOf(B), bodyOf('# TYPE a gauge\na 1\n'), bodyOf(A.replace('first', 'fist'), B), bodyOf(A.replace('gauge', 'unknown')), bodyOf(A, B)];
    for (const body of [...bodies, ...bodies]) expect(families(body, reader), body).toEqual(families(body, new ExpositionReader({ seed: SEED })));
  });

  it('are kept apart for each format', () => {
    const reader = new ExpositionReader({ seed: SEED });
    readBody('# TYPE a untyped\n', 'prometheus-text', reader);
    expect(() => families(bodyOf('# TYPE a untyped\n'), reader)).toThrow(ExpositionError);
  });

  it('are forgotten when they fill up, without harm', () => {
    const reader = new ExpositionReader({ seed: SEED });
    for (let round = 0; round < 3; round++) {
      const lines = Array.from({ length: 1200 }, (_, i) => `# HELP f${i} ${round}${'x'.repeat(4000)}\n`);
      expect(families(bodyOf(...lines), reader)).toHaveLength(1200);
      expect(families(bodyOf(A, B), reader)).toEqual(families(bodyOf(A, B), new ExpositionReader({ seed: SEED })));
    }
  });
});
