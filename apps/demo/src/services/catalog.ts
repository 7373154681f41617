import type { Random } from '../chance/random.js';
import { Dependency } from '../http/dependency.js';
import { isRecord, numberAt } from '../http/json.js';
import type { Answer, ShopRequest } from '../http/route.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import type { TraceContext } from '../trace/traceparent.js';
import { PRODUCTS, PRODUCT_BY_SKU } from './goods.js';
import type { Product } from './goods.js';
import { naturalWait } from './natural-wait.js';

interface Asked {
  readonly country: string;
  readonly trace: TraceContext;
}

const PAGE_SIZE = 12;
const INDEX_READ_MEDIAN_MS = 1.5;
// Every product in every country, and still bounded if someone asks for countries that do not exist.
const MAX_REMEMBERED_PRICES = 4_000;

/** What there is to buy. Prices come from pricing. */
export function startCatalog(context: ProcessContext<'catalog'>): StartedProcess {
  const catalog = new Catalog(context);
  return {
    routes: [
      { method: 'GET', path: '/listing', handle: (request) => catalog.listing(offersOfTheMinute(), askedBy(request)) },
      { method: 'GET', path: '/search', handle: (request) => catalog.listing(search(request.query.get('q') ?? ''), askedBy(request)) },
      { method: 'GET', path: '/products/:sku', handle: (request) => catalog.product(request.params.sku ?? '', askedBy(request)) },
    ],
  };
}

class Catalog {
  readonly #pricing: Dependency;
  readonly #random: Random;
  readonly #lastPrices = new Map<string, number>();

  constructor({ targets, metrics, random }: ProcessContext<'catalog'>) {
    this.#pricing = new Dependency(targets.pricing, metrics, random);
    this.#random = random;
  }

  /** WEAKNESS missing fallback: a list of products without prices would still be a shop window, but this shows nothing at all. */
  async listing(products: readonly Product[], asked: Asked): Promise<Answer> {
    await naturalWait(INDEX_READ_MEDIAN_MS, this.#random);
    const prices = products.length === 0 ? {} : await this.#pricesOf(products, asked);
    if (prices === null) return { status: 503, body: { error: 'pricing is away, so there is no list' } };
    return { status: 200, body: { products: products.map((product) => ({ sku: product.sku, name: product.name, priceCents: prices[product.sku] })) } };
  }

  /** Right: the same loss of pricing, survived with the last price known, said to be old; a product nobody asked for yet has none. */
  async product(sku: string, asked: Asked): Promise<Answer> {
    const found = PRODUCT_BY_SKU.get(sku);
    if (found === undefined) return { status: 404, body: { error: `there is no product ${sku}` } };
    await naturalWait(INDEX_READ_MEDIAN_MS, this.#random);
    const fresh = numberAt(await this.#pricesOf([found], asked), sku);
    const key = `${asked.country}/${sku}`;
    if (fresh !== null) this.#remember(key, fresh);
    return { status: 200, body: { ...found, priceCents: fresh ?? this.#lastPrices.get(key) ?? null, priceIsOld: fresh === null } };
  }

  #remember(key: string, priceCents: number): void {
    if (this.#lastPrices.has(key) || this.#lastPrices.size < MAX_REMEMBERED_PRICES) this.#lastPrices.set(key, priceCents);
  }

  /** Cents by sku; null when pricing does not give any. */
  async #pricesOf(products: readonly Product[], { country, trace }: Asked): Promise<Readonly<Record<string, unknown>> | null> {
    const skus = products.map((product) => product.sku).join(',');
    const result = await this.#pricing.call({ method: 'GET', path: `/prices?skus=${skus}&country=${encodeURIComponent(country)}`, trace });
    if (result.kind === 'failed' || result.status !== 200 || !isRecord(result.body) || !isRecord(result.body.prices)) return null;
    return result.body.prices;
  }
}

function askedBy({ query, trace }: ShopRequest): Asked {
  return { country: query.get('country') ?? 'de', trace };
}

function offersOfTheMinute(): readonly Product[] {
  const first = (Math.floor(Date.now() / 60_000) * PAGE_SIZE) % (PRODUCTS.length - PAGE_SIZE);
  return PRODUCTS.slice(first, first + PAGE_SIZE);
}

/** Looks at every name each time: small real work that grows with nothing but the rate. */
function search(text: string): readonly Product[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return PRODUCTS.filter((product) => words.every((word) => product.name.includes(word))).slice(0, PAGE_SIZE);
}
