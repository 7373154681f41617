import { Dependency } from '../http/dependency.js';
import type { CallResult } from '../http/dependency.js';
import { isRecord, numberAt, textAt } from '../http/json.js';
import type { Answer, ShopRequest } from '../http/route.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { itemsOf } from './basket.js';
import type { BasketItem } from './basket.js';

/** A step of the checkout that did not go well ends it with this answer. */
type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

interface Order {
  readonly shopper: string;
  readonly country: string;
  readonly items: readonly BasketItem[];
}

/** Turns a cart into an order: cart, prices, reservation, payment, order, empty cart. */
export function startCheckout({ targets, metrics, random }: ProcessContext<'checkout'>): StartedProcess {
  const cart = new Dependency(targets.cart, metrics, random);
  const pricing = new Dependency(targets.pricing, metrics, random);
  const inventory = new Dependency(targets.inventory, metrics, random);
  const payments = new Dependency(targets.payments, metrics, random);
  const orders = new Dependency(targets.orders, metrics, random);

  async function basket({ shopper, trace }: { shopper: string; trace: ShopRequest['trace'] }): Promise<Step<BasketItem[]>> {
    const result = await cart.call({ method: 'GET', path: `/carts/${encodeURIComponent(shopper)}`, trace });
    if (!isOk(result)) return stopped('cart', result);
    const items = itemsOf(result.body);
    return items.length > 0 ? { ok: true, value: items } : { ok: false, answer: { status: 409, body: { error: 'the cart is empty' } } };
  }

  async function total({ country, items }: Order, trace: ShopRequest['trace']): Promise<Step<number>> {
    const skus = items.map((item) => encodeURIComponent(item.sku)).join(',');
    const result = await pricing.call({ method: 'GET', path: `/prices?skus=${skus}&country=${encodeURIComponent(country)}`, trace });
    if (!isOk(result) || !isRecord(result.body)) return stopped('pricing', result);
    const { prices } = result.body;
    return { ok: true, value: items.reduce((sum, item) => sum + (numberAt(prices, item.sku) ?? 0) * item.quantity, 0) };
  }

  /** With the goods reserved: charges and writes the order, or gives the goods back. */
  async function payAndOrder(order: Order, amountCents: number, trace: ShopRequest['trace']): Promise<Answer> {
    // WEAKNESS call without a timeout: payments has none in call-policies.ts, so a silent payments holds this request and its memory for ever.
    const charge = await payments.call({ method: 'POST', path: '/charges', trace, body: { amountCents } });
    const placed = isOk(charge) ? await orders.call({ method: 'POST', path: '/orders', trace, body: { ...order, amountCents } }) : null;
    if (placed !== null && isOk(placed)) {
      await cart.call({ method: 'DELETE', path: `/carts/${encodeURIComponent(order.shopper)}`, trace });
      return { status: 201, body: placed.body };
    }
    await inventory.call({ method: 'POST', path: '/releases', trace, body: { items: order.items } });
    return placed === null ? refusal('payments', charge) : refusal('orders', placed);
  }

  async function check({ body, trace }: ShopRequest): Promise<Answer> {
    const shopper = textAt(body, 'shopper');
    if (shopper === null) return { status: 400, body: { error: 'shopper is needed' } };
    const items = await basket({ shopper, trace });
    if (!items.ok) return items.answer;
    const order: Order = { shopper, country: textAt(body, 'country') ?? 'de', items: items.value };
    const amount = await total(order, trace);
    if (!amount.ok) return amount.answer;
    const reserved = await inventory.call({ method: 'POST', path: '/reservations', trace, body: { items: order.items } });
    return isOk(reserved) ? payAndOrder(order, amount.value, trace) : refusal('inventory', reserved);
  }

  return { routes: [{ method: 'POST', path: '/checkouts', handle: check }] };
}

function isOk(result: CallResult): result is Extract<CallResult, { kind: 'answered' }> {
  return result.kind === 'answered' && result.status < 400;
}

function stopped(who: string, result: CallResult): { readonly ok: false; readonly answer: Answer } {
  return { ok: false, answer: refusal(who, result) };
}

/** The customer's own troubles (402, 409) go through as they are; everything else is ours. */
function refusal(who: string, result: CallResult): Answer {
  if (result.kind === 'failed') return { status: result.reason === 'timeout' ? 504 : 502, body: { error: `${who} is slow or away (${result.reason})` } };
  return result.status >= 500 ? { status: 502, body: { error: `${who} failed with ${result.status}` } } : { status: result.status, body: result.body };
}
