import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { naturalWait } from './natural-wait.js';
import { PRODUCT_BY_SKU } from './goods.js';

/** Factor on the base price: taxes and freight, roughly. Countries not named here pay the base price. */
const FACTOR_BY_COUNTRY: ReadonlyMap<string, number> = new Map([
  ['de', 1.19],
  ['gb', 1.2],
  ['fr', 1.2],
  ['br', 1.34],
  ['us', 1.07],
  ['in', 1.18],
  ['jp', 1.1],
  ['au', 1.1],
]);
const RULE_READ_MEDIAN_MS = 2;
const MAX_SKUS = 50;

/** A leaf: prices for a list of products. Unknown products are left out of the answer. */
export function startPricing({ random }: ProcessContext<'pricing'>): StartedProcess {
  return {
    routes: [
      {
        method: 'GET',
        path: '/prices',
        handle: async ({ query }) => {
          await naturalWait(RULE_READ_MEDIAN_MS, random);
          const factor = FACTOR_BY_COUNTRY.get(query.get('country') ?? '') ?? 1;
          const skus = (query.get('skus') ?? '').split(',').slice(0, MAX_SKUS);
          return { status: 200, body: { prices: Object.fromEntries(skus.flatMap((sku) => priceOf(sku, factor))) } };
        },
      },
    ],
  };
}

function priceOf(sku: string, factor: number): [string, number][] {
  const product = PRODUCT_BY_SKU.get(sku);
  return product === undefined ? [] : [[sku, Math.round(product.basePriceCents * factor)]];
}
