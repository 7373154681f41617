import { exponential } from '../chance/distributions.js';
import { pick, pickWeighted } from '../chance/random.js';
import type { Random } from '../chance/random.js';
import { SEARCH_WORDS, SKUS } from '../services/goods.js';

type Page = 'home' | 'search' | 'product' | 'add' | 'cart' | 'checkout' | 'orders';

interface Journey {
  readonly name: string;
  readonly weight: number;
  readonly pages: readonly Page[];
}

/** What shoppers do, and how often: most look around, one in seven buys. */
const JOURNEYS: readonly [Journey, ...Journey[]] = [
  { name: 'browse', weight: 34, pages: ['home', 'product', 'product', 'home'] },
  { name: 'search', weight: 26, pages: ['search', 'product', 'search', 'product'] },
  { name: 'fill the cart', weight: 12, pages: ['search', 'product', 'add', 'product', 'add', 'cart'] },
  { name: 'buy', weight: 14, pages: ['search', 'product', 'add', 'cart', 'checkout', 'orders'] },
  { name: 'look after an order', weight: 14, pages: ['home', 'orders', 'orders'] },
];

const WEIGHT = JOURNEYS.reduce((sum, journey) => sum + journey.weight, 0);
/** Turns a rate of pages into a rate of journeys. */
export const MEAN_PAGES_PER_JOURNEY = JOURNEYS.reduce((sum, journey) => sum + journey.weight * journey.pages.length, 0) / WEIGHT;

export interface PageView {
  /** After the start of the journey. */
  readonly atMs: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: unknown;
}

// Long enough that a page is answered before the next one is asked for, in health; short enough that a demo shows whole journeys.
const THINK_MIN_MS = 600;
const THINK_MEAN_MORE_MS = 1_800;
// A few links point to goods that are no longer sold: the honest 404s of every shop.
const STALE_LINK_SHARE = 0.01;

/**
 * One shopper's visit, decided before it begins. Page views come at their times whatever happened to the ones before: a slow shop does not slow its
 * shoppers down, so the offered load of before, during and after a fault is the same.
 */
export function planJourney(shopper: string, random: Random): PageView[] {
  let atMs = 0;
  return pickWeighted(JOURNEYS, random).pages.map((page) => {
    const view = { atMs, ...pageRequest(page, shopper, random) };
    atMs += THINK_MIN_MS + exponential(THINK_MEAN_MORE_MS, random);
    return view;
  });
}

function pageRequest(page: Page, shopper: string, random: Random): Omit<PageView, 'atMs'> {
  const country = shopper.slice(0, 2);
  switch (page) {
    case 'home':
      return get(`/?shopper=${shopper}&country=${country}`);
    case 'search':
      return get(`/search?q=${pick(SEARCH_WORDS, random)}&shopper=${shopper}&country=${country}`);
    case 'product':
      return get(`/products/${random() < STALE_LINK_SHARE ? 'sku-gone' : pick(SKUS, random)}?shopper=${shopper}&country=${country}`);
    case 'add':
      return { method: 'POST', path: '/cart/items', body: { shopper, sku: pick(SKUS, random), quantity: 1 + Math.floor(random() * 2) } };
    case 'cart':
      return get(`/cart?shopper=${shopper}`);
    case 'checkout':
      return { method: 'POST', path: '/checkout', body: { shopper, country } };
    case 'orders':
      return get(`/orders?shopper=${shopper}`);
    default:
      return page satisfies never;
  }
}

function get(path: string): Omit<PageView, 'atMs'> {
  return { method: 'GET', path, body: null };
}
