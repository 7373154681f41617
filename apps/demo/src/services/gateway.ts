import { Dependency } from '../http/dependency.js';
import type { CallResult } from '../http/dependency.js';
import { isRecord, numberAt, textAt } from '../http/json.js';
import type { Answer, ShopRequest } from '../http/route.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';

// The little number on the cart symbol is not worth waiting for: without it, the page is as good.
const BADGE_TIMEOUT_MS = 600;

/** Puts the pages together that shoppers see. One in each region, all alike. */
export function startGateway({ targets, metrics, random }: ProcessContext<'gateway'>): StartedProcess {
  const catalog = new Dependency(targets.catalog, metrics, random);
  const recommendations = new Dependency(targets.recommendations, metrics, random);
  const cart = new Dependency(targets.cart, metrics, random);
  const checkout = new Dependency(targets.checkout, metrics, random);
  const orders = new Dependency(targets.orders, metrics, random);

  async function badge({ query, trace }: ShopRequest): Promise<number | null> {
    const result = await cart.call({ method: 'GET', path: `/carts/${shopperOf(query)}`, trace, timeoutMs: BADGE_TIMEOUT_MS });
    return result.kind === 'answered' && result.status === 200 ? numberAt(result.body, 'itemCount') : null;
  }

  async function listing(request: ShopRequest, path: string): Promise<Answer> {
    const [page, cartItems] = await Promise.all([catalog.call({ method: 'GET', path, trace: request.trace }), badge(request)]);
    return passOn(page, { cartItems });
  }

  /** Right: recommendations may fail, and the page shows none. */
  async function product(request: ShopRequest): Promise<Answer> {
    const { params, query, trace } = request;
    const sku = encodeURIComponent(params.sku ?? '');
    const [page, similar, cartItems] = await Promise.all([
      catalog.call({ method: 'GET', path: `/products/${sku}?country=${countryOf(query)}`, trace }),
      recommendations.call({ method: 'GET', path: `/similar/${sku}`, trace }),
      badge(request),
    ]);
    const found = similar.kind === 'answered' && similar.status === 200 && isRecord(similar.body) ? similar.body.similar : [];
    return passOn(page, { similar: found, cartItems });
  }

  return {
    routes: [
      { method: 'GET', path: '/', handle: (request) => listing(request, `/listing?country=${countryOf(request.query)}`) },
      { method: 'GET', path: '/search', handle: (request) => listing(request, `/search?q=${encodeURIComponent(request.query.get('q') ?? '')}&country=${countryOf(request.query)}`) },
      { method: 'GET', path: '/products/:sku', handle: product },
      { method: 'GET', path: '/cart', handle: async ({ query, trace }) => passOn(await cart.call({ method: 'GET', path: `/carts/${shopperOf(query)}`, trace })) },
      {
        method: 'POST',
        path: '/cart/items',
        handle: async ({ body, trace }) => passOn(await cart.call({ method: 'POST', path: `/carts/${encodeURIComponent(textAt(body, 'shopper') ?? '')}/items`, body, trace })),
      },
      { method: 'POST', path: '/checkout', handle: async ({ body, trace }) => passOn(await checkout.call({ method: 'POST', path: '/checkouts', body, trace })) },
      { method: 'GET', path: '/orders', handle: async ({ query, trace }) => passOn(await orders.call({ method: 'GET', path: `/orders?shopper=${shopperOf(query)}`, trace })) },
    ],
  };
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
