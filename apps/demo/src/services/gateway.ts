import { Dependency } from '../http/dependency.js';
import type { CallResult } from '../http/dependency.js';
import { isRecord, numberAt, textAt } from '../http/json.js';
import type { Answer, ShopRequest } from '../http/route.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';

// The little number on the cart symbol is not worth waiting for: without it, the page is as good.
const BADGE_TIMEOUT_MS = 600;

/** Puts the pages together that shoppers see. One in each region, all alike. */
export function startGateway(context: ProcessContext<'gateway'>): StartedProcess {
  const pages = new Pages(context);
  return {
    routes: [
      { method: 'GET', path: '/', handle: (request) => pages.listing(request, `/listing?country=${countryOf(request.query)}`) },
      { method: 'GET', path: '/search', handle: (request) => pages.listing(request, `/search?q=${encodeURIComponent(request.query.get('q') ?? '')}&country=${countryOf(request.query)}`) },
      { method: 'GET', path: '/products/:sku', handle: (request) => pages.product(request) },
      { method: 'GET', path: '/cart', handle: (request) => pages.cart(request) },
      { method: 'POST', path: '/cart/items', handle: (request) => pages.addToCart(request) },
      { method: 'POST', path: '/checkout', handle: (request) => pages.checkOut(request) },
      { method: 'GET', path: '/orders', handle: (request) => pages.orders(request) },
    ],
  };
}

class Pages {
  readonly #catalog: Dependency;
  readonly #recommendations: Dependency;
  readonly #cart: Dependency;
  readonly #checkout: Dependency;
  readonly #orders: Dependency;

  constructor({ targets, metrics, random }: ProcessContext<'gateway'>) {
    this.#catalog = new Dependency(targets.catalog, metrics, random);
    this.#recommendations = new Dependency(targets.recommendations, metrics, random);
    this.#cart = new Dependency(targets.cart, metrics, random);
    this.#checkout = new Dependency(targets.checkout, metrics, random);
    this.#orders = new Dependency(targets.orders, metrics, random);
  }

  /** The home page and search: a list of products at `path` of the catalog. */
  async listing(request: ShopRequest, path: string): Promise<Answer> {
    const [page, cartItems] = await Promise.all([this.#catalog.call({ method: 'GET', path, trace: request.trace }), this.#badge(request)]);
    return passOn(page, { cartItems });
  }

  /** Right: recommendations may fail, and the page shows none. */
  async product(request: ShopRequest): Promise<Answer> {
    const { params, query, trace } = request;
    const sku = encodeURIComponent(params.sku ?? '');
    const [page, similar, cartItems] = await Promise.all([
      this.#catalog.call({ method: 'GET', path: `/products/${sku}?country=${countryOf(query)}`, trace }),
      this.#recommendations.call({ method: 'GET', path: `/similar/${sku}`, trace }),
      this.#badge(request),
    ]);
    const found = similar.kind === 'answered' && similar.status === 200 && isRecord(similar.body) ? similar.body.similar : [];
    return passOn(page, { similar: found, cartItems });
  }

  async cart({ query, trace }: ShopRequest): Promise<Answer> {
    return passOn(await this.#cart.call({ method: 'GET', path: `/carts/${shopperOf(query)}`, trace }));
  }

  async addToCart({ body, trace }: ShopRequest): Promise<Answer> {
    const shopper = encodeURIComponent(textAt(body, 'shopper') ?? '');
    return passOn(await this.#cart.call({ method: 'POST', path: `/carts/${shopper}/items`, body, trace }));
  }

  async checkOut({ body, trace }: ShopRequest): Promise<Answer> {
    return passOn(await this.#checkout.call({ method: 'POST', path: '/checkouts', body, trace }));
  }

  async orders({ query, trace }: ShopRequest): Promise<Answer> {
    return passOn(await this.#orders.call({ method: 'GET', path: `/orders?shopper=${shopperOf(query)}`, trace }));
  }

  async #badge({ query, trace }: ShopRequest): Promise<number | null> {
    const result = await this.#cart.call({ method: 'GET', path: `/carts/${shopperOf(query)}`, trace, timeoutMs: BADGE_TIMEOUT_MS });
    return result.kind === 'answered' && result.status === 200 ? numberAt(result.body, 'itemCount') : null;
  }
}

/** The page's main part decides its status; `extras` are added where there is a page to add them to. */
function passOn(result: CallResult, extras: Readonly<Record<string, unknown>> = {}): Answer {
  if (result.kind === 'failed') return { status: result.reason === 'timeout' ? 504 : 502, body: { error: `the shop is slow or away (${result.reason})` } };
  if (result.status >= 500) return { status: 502, body: result.body };
  return { status: result.status, body: isRecord(result.body) ? { ...result.body, ...extras } : result.body };
}

function shopperOf(query: URLSearchParams): string {
  return encodeURIComponent(query.get('shopper') ?? 'anonymous');
}

function countryOf(query: URLSearchParams): string {
  return encodeURIComponent(query.get('country') ?? 'de');
}
