import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childSpan, formatTraceparent, parseTraceparent, startTrace } from './traceparent.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN_ID = '00f067aa0ba902b7';
const hexOf = (digit: string) => (count: number) => digit.repeat(count * 2);

describe('traceparent', () => {
  it('reads the parts of a valid header', () => {
    expect(parseTraceparent(`00-${TRACE_ID}-${SPAN_ID}-01`)).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, sampled: true });
    expect(parseTraceparent(`00-${TRACE_ID}-${SPAN_ID}-00`)?.sampled).toBe(false);
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['the forbidden version ff', `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ['more parts than version 00 has', `00-${TRACE_ID}-${SPAN_ID}-01-more`],
    ['uppercase', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
    ['an all-zero trace id', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['an all-zero span id', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['a short trace id', `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
  ])('refuses %s', (_, header) => {
    expect(parseTraceparent(header)).toBeNull();
  });

  it('accepts a later version that goes on after the flags', () => {
    expect(parseTraceparent(`01-${TRACE_ID}-${SPAN_ID}-01-more`)?.traceId).toBe(TRACE_ID);
  });

  it('drops flags it does not know and keeps sampled', () => {
    const parsed = parseTraceparent(`00-${TRACE_ID}-${SPAN_ID}-ff`);
    expect(parsed && formatTraceparent(parsed)).toBe(`00-${TRACE_ID}-${SPAN_ID}-01`);
  });

  it('a child span keeps the trace and the decision to sample, under a new span id', () => {
    const parent = startTrace(hexOf('a'), true);
    expect(childSpan(parent, hexOf('b'))).toEqual({ traceId: parent.traceId, spanId: 'b'.repeat(16), sampled: true });
  });

  it('never starts a trace with the forbidden all-zero ids', () => {
    expect(parseTraceparent(formatTraceparent(startTrace(hexOf('0'), false)))).not.toBeNull();
  });

  it('parse undoes format', () => {
    const hexDigit = fc.constantFrom(...'0123456789abcdef');
    const hex = (length: number) => fc.string({ unit: hexDigit, minLength: length, maxLength: length }).filter((text) => !/^0+$/.test(text));
    fc.assert(
      fc.property(fc.record({ traceId: hex(32), spanId: hex(16), sampled: fc.boolean() }), (trace) => {
        expect(parseTraceparent(formatTraceparent(trace))).toEqual(trace);
      }),
    );
  });
});
