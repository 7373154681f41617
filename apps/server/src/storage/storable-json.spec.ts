import { describe, expect, it } from 'vitest';
import { storableJson } from './storable-json.js';

describe('JSON for the database', () => {
  it('has no letter that it refuses, however deep', () => {
    expect(JSON.parse(storableJson({ a: ['x\0y', { b: '\ud800' }] }))).toEqual({ a: ['x\ufffdy', { b: '\ufffd' }] });
  });

  it('leaves everything else as it is, at any length', () => {
    const value = { text: 'Zürich \u{1f40c}', long: 'x'.repeat(10_000), number: 1.5, nothing: null, at: '2026-01-01T00:00:00.000Z' };
    expect(JSON.parse(storableJson(value))).toEqual(value);
    expect(JSON.parse(storableJson({ at: new Date(0) }))).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });
});
