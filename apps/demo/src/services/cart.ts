import { Dependency } from '../http/dependency.js';
import { numberAt, parseJson, textAt } from '../http/json.js';
import type { Answer, ShopRequest } from '../http/route.js';
import { KvClient } from '../kv/kv-client.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import type { TraceContext } from '../trace/traceparent.js';
import { addItem, itemCountOf, itemsOf } from './basket.js';
import type { BasketItem } from './basket.js';

const CART_TTL_SEC = 900;
const MAX_LINES = 50;
const SHOPPER = /^[\w-]{1,64}$/;
const CACHE_AWAY: Answer = { status: 503, body: { error: 'carts are out of reach' } };

/** Keeps each shopper's cart in the session cache and nowhere else. */
export function startCart(context: ProcessContext<'cart'>): StartedProcess {
  const carts = new Carts(context);
  return {
    routes: [
      { method: 'GET', path: '/carts/:shopper', handle: (request) => withShopper(request, (shopper) => carts.show(shopper)) },
      { method: 'POST', path: '/carts/:shopper/items', handle: (request) => withShopper(request, (shopper) => carts.add(shopper, request)) },
      { method: 'DELETE', path: '/carts/:shopper', handle: (request) => withShopper(request, (shopper) => carts.remove(shopper)) },
    ],
  };
}

class Carts {
  readonly #cache: KvClient;
  readonly #inventory: Dependency;

  constructor({ targets, metrics, random }: ProcessContext<'cart'>) {
    this.#cache = new KvClient(targets['session-cache'], metrics);
    this.#inventory = new Dependency(targets.inventory, metrics, random);
  }

  async show(shopper: string): Promise<Answer> {
    const items = await this.#load(shopper);
    return items === null ? CACHE_AWAY : { status: 200, body: { items, itemCount: itemCountOf(items) } };
  }

  async add(shopper: string, { body, trace }: ShopRequest): Promise<Answer> {
    const [item] = itemsOf({ items: [{ sku: textAt(body, 'sku'), quantity: numberAt(body, 'quantity') }] });
    if (item === undefined) return { status: 400, body: { error: 'sku and quantity (a whole number above 0) are needed' } };
    if (await this.#isSoldOut(item.sku, trace)) return { status: 409, body: { error: `${item.sku} is sold out` } };
    const items = await this.#load(shopper);
    if (items === null) return CACHE_AWAY;
    return items.length < MAX_LINES ? this.#store(shopper, addItem(items, item)) : { status: 409, body: { error: `a cart has at most ${MAX_LINES} lines` } };
  }

  async remove(shopper: string): Promise<Answer> {
    const result = await this.#cache.send({ kind: 'del', key: keyOf(shopper) });
    return result.kind === 'failed' ? CACHE_AWAY : { status: 200, body: { items: [], itemCount: 0 } };
  }

  /** Null when the cache does not answer; a shopper without a cart has an empty one. */
  async #load(shopper: string): Promise<BasketItem[] | null> {
    const result = await this.#cache.send({ kind: 'get', key: keyOf(shopper) });
    if (result.kind === 'failed') return null;
    return result.reply.kind === 'value' ? itemsOf(parseJson(Buffer.from(result.reply.value).toString('utf8'))) : [];
  }

  async #store(shopper: string, items: readonly BasketItem[]): Promise<Answer> {
    const value = Buffer.from(JSON.stringify({ items }));
    const stored = await this.#cache.send({ kind: 'set', key: keyOf(shopper), ttlSec: CART_TTL_SEC, value });
    return stored.kind === 'failed' ? CACHE_AWAY : { status: 201, body: { items, itemCount: itemCountOf(items) } };
  }

  /** Right: an unknown stock does not keep anything out of a cart. Checkout asks again, with a reservation. */
  async #isSoldOut(sku: string, trace: TraceContext): Promise<boolean> {
    const stock = await this.#inventory.call({ method: 'GET', path: `/stock/${encodeURIComponent(sku)}`, trace });
    return stock.kind === 'answered' && stock.status === 200 && numberAt(stock.body, 'quantity') === 0;
  }
}

function keyOf(shopper: string): string {
  return `cart:${shopper}`;
}

/** A shopper's name becomes part of a cache key, which takes no blanks. */
function withShopper({ params }: ShopRequest, then: (shopper: string) => Promise<Answer>): Promise<Answer> | Answer {
  const shopper = params.shopper ?? '';
  return SHOPPER.test(shopper) ? then(shopper) : { status: 400, body: { error: 'a shopper is 1 to 64 letters, digits, _ or -' } };
}
