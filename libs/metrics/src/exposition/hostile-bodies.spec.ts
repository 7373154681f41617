import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpositionError } from './exposition-error.js';
import type { ExpositionFormat } from './exposition.js';
import { ExpositionReader } from './exposition-reader.js';
import { SEED, readBody } from './read-body.fixture.js';

const ALIKE = [
  '# HELP a_seconds text \\n "x"\n# TYPE a_seconds counter\n# UNIT a_seconds seconds\na_seconds_total{b="c",d="e\\"\\\\\\n"} 1.5e3 1700000000.5 # {t="u"} 0.5 1\n',
  '# TYPE h histogram\nh_bucket{le="1.0"} 1\nh_bucket{le="+Inf"} 3\nh_count 3\nh_sum 4.5\n{"q.r","s t"="ü"} NaN\n',
  ' up{x="1" , y="2",} 1 1700000000123\n\n#remark\n# HELP up \n# TYPE up untyped\nz -Inf\n# EOF\n',
];
const PIECES = ['\n', ' ', '\t', '{', '}', '"', '\\', ',', '=', '#', '# EOF\n', '# TYPE ', '# HELP ', 'le="', '+Inf', '1e', '-', '.', '\0', '\r', '\u{1f680}', '0'.repeat(30)].map((piece) => new TextEncoder().encode(piece));

/** What a fuzzer does to a body: bytes changed, pieces put in, parts cut out or doubled. */
const mutation = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), piece: fc.constantFrom(...PIECES), byte: fc.nat({ max: 255 }), kind: fc.constantFrom('byte', 'insert', 'cut', 'double' as const) });
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutated(body: Uint8Array, { at: anywhere, length, piece, byte, kind }: Mutation): Uint8Array {
  const at = anywhere % (body.length + 1);
  const [before, part, after] = [body.subarray(0, at), body.subarray(at, at + length), body.subarray(at + length)];
  const parts = { byte: [before, [byte], body.subarray(at + 1)], insert: [before, piece, body.subarray(at)], cut: [before, after], double: [before, part, part, after] }[kind];
  return Buffer.concat(parts.map((bytes) => Uint8Array.from(bytes)));
}

const mutatedBody = fc
  .tuple(fc.array(fc.constantFrom(...ALIKE), { minLength: 1, maxLength: 3 }), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([parts, mutations]) => mutations.reduce<Uint8Array>(mutated, new TextEncoder().encode(parts.join(''))));

// One reader for all, so that what one body leaves behind would show in the next.
const readers = [new ExpositionReader({ seed: SEED }), new ExpositionReader({ seed: SEED, strict: true })];

/** Whether it was read; fails on any other error than the reader's own. */
function isRead(body: Uint8Array, format: ExpositionFormat, reader: ExpositionReader): boolean {
  try {
    readBody(body, format, reader);
    return true;
  } catch (cause) {
    expect(cause).toBeInstanceOf(ExpositionError);
    return false;
  }
}

describe.each(['prometheus-text', 'openmetrics-text'] as const)('hostile bodies: %s', (format) => {
  it('of arbitrary bytes are read or refused (2,000 runs)', () => {
    const soup = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.uint8Array({ maxLength: 8 })), { maxLength: 30 }).map((parts) => Buffer.concat(parts));
    fc.assert(fc.property(soup, (body) => readers.forEach((reader) => isRead(body, format, reader))), { numRuns: 2000 });
  });

  it('made of good ones are read or refused, and what is strictly good is good (2,000 runs)', () => {
    fc.assert(
      fc.property(mutatedBody, (body) => {
        const [isGood, isStrictlyGood] = readers.map((reader) => isRead(body, format, reader));
        expect(isStrictlyGood! && !isGood!).toBe(false);
        // Again, with its comments remembered.
        expect(isRead(body, format, readers[0]!)).toBe(isGood);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('bodies made to take long', () => {
  const BODY_BYTES = 1 << 18;
  it.each([
    ['quotes', '"'],
    ['open quotes with names', 'a{"'],
    ['backslashes in quotes', 'a{b="\\'],
    ['line feeds in quotes', 'a{b="\n'],
    ['digits', '1'],
    ['commas', 'a{,'],
    ['labels', 'a="1",'],
    ['comments', '# HELP a b\n'],
    ['comments of different families', '# HELP a'],
    ['remarks', '#\n'],
    ['blanks', ' '],
  ])('end: %s', (_what, piece) => {
    const start = piece === '1' ? 'a 1' : piece === 'a="1",' ? 'a{' : '';
    const body = new TextEncoder().encode(start + piece.repeat(Math.ceil(BODY_BYTES / piece.length)));
    for (const reader of readers) for (const format of ['prometheus-text', 'openmetrics-text'] as const) isRead(body, format, reader);
  });
});
