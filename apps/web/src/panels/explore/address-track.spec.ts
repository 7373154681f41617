import { describe, expect, it } from 'vitest';
import { arrived, asked } from './address-track.js';

const AT_A = { seen: 'a', pending: [] };

describe('an address that arrives', () => {
  it('is the page\'s own when it was asked for', () => expect(arrived(asked(AT_A, 'b'), 'b')).toEqual({ track: { seen: 'b', pending: [] }, foreign: false }));
  it('does not undo what was asked since', () => {
    const first = arrived(asked(asked(AT_A, 'b'), 'c'), 'b');
    expect(first).toEqual({ track: { seen: 'b', pending: ['c'] }, foreign: false });
    expect(arrived(first.track, 'c').foreign).toBe(false);
  });
  it('overtakes those asked for before it', () => expect(arrived(asked(asked(AT_A, 'b'), 'c'), 'c').track.pending).toEqual([]));
  it('is foreign when the reader goes back to it', () => expect(arrived(arrived(asked(AT_A, 'b'), 'b').track, 'a')).toEqual({ track: { seen: 'a', pending: [] }, foreign: true }));
  it('is not waited for where the page already stands', () => expect(asked(AT_A, 'a')).toBe(AT_A));
});
