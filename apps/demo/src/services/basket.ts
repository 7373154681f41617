import { listAt, numberAt, textAt } from '../http/json.js';

export interface BasketItem {
  readonly sku: string;
  readonly quantity: number;
}

/** The items in `body.items`; anything that is not one is left out. */
export function itemsOf(body: unknown): BasketItem[] {
  return listAt(body, 'items').flatMap((item) => {
    const sku = textAt(item, 'sku');
    const quantity = numberAt(item, 'quantity');
    return sku === null || quantity === null || !Number.isInteger(quantity) || quantity < 1 ? [] : [{ sku, quantity }];
  });
}

/** The same product is one line with the sum, however often it was put in. */
export function addItem(items: readonly BasketItem[], added: BasketItem): BasketItem[] {
  const same = items.find((item) => item.sku === added.sku);
  if (same === undefined) return [...items, added];
  return items.map((item) => (item === same ? { sku: item.sku, quantity: item.quantity + added.quantity } : item));
}

export function itemCountOf(items: readonly BasketItem[]): number {
  return items.reduce((sum, item) => sum + item.quantity, 0);
}
