import { describe, expect, it } from 'vitest';
import { addItem, itemCountOf, itemsOf } from './basket.js';

describe('basket', () => {
  it('adds up the same product and appends another', () => {
    const one = addItem([], { sku: 'a', quantity: 1 });
    expect(addItem(one, { sku: 'a', quantity: 2 })).toEqual([{ sku: 'a', quantity: 3 }]);
    expect(itemCountOf(addItem(one, { sku: 'b', quantity: 2 }))).toBe(3);
  });

  it('leaves out what is not an item', () => {
    const items = [{ sku: 'a', quantity: 1 }, { sku: 'b', quantity: 0 }, { sku: 'c', quantity: 1.5 }, { sku: 4, quantity: 1 }, { sku: 'd' }, null, 'e'];
    expect(itemsOf({ items })).toEqual([{ sku: 'a', quantity: 1 }]);
    expect([itemsOf(undefined), itemsOf({ items: 'a' }), itemsOf([])]).toEqual([[], [], []]);
  });
});
