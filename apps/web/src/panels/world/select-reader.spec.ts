import { describe, expect, it } from 'vitest';
import { EMPTY_WORLD } from '../../model/empty-world.js';
import { createWorldStore } from '../../stream/world-store.js';
import { selectReader } from './select-reader.js';

describe('selectReader', () => {
  it('answers with the identical value while nothing about it changed', () => {
    const source = createWorldStore();
    const read = selectReader({ source, select: (world) => ({ halted: world.halt !== null }), same: (a, b) => a.halted === b.halted });
    const first = read();
    source.set({ ...EMPTY_WORLD, throughSec: 7 });
    expect(read()).toBe(first);
    source.set({ ...EMPTY_WORLD, halt: { id: 'h', by: 'Ada', since: '', reason: '' } });
    expect(read()).toEqual({ halted: true });
  });

  it('selects once for each world, however often it is read', () => {
    let selected = 0;
    const read = selectReader({ source: createWorldStore(), select: () => ++selected, same: Object.is });
    expect([read(), read(), read()]).toEqual([1, 1, 1]);
  });
});
