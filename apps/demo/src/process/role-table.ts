import type { Role } from '../plan/roles.js';
import type { ProcessContext, StartedProcess } from './process-context.js';

type Start<R extends Role> = (context: ProcessContext<R>) => StartedProcess | Promise<StartedProcess>;

/** Each process loads its own role and nothing else: a gateway should not pay for a database driver. */
export const ROLE_TABLE: { readonly [R in Role]: () => Promise<Start<R>> } = {
  gateway: async () => (await import('../services/gateway.js')).startGateway,
  catalog: async () => (await import('../services/catalog.js')).startCatalog,
  pricing: async () => (await import('../services/pricing.js')).startPricing,
  recommendations: async () => (await import('../services/recommendations.js')).startRecommendations,
  cart: async () => (await import('../services/cart.js')).startCart,
  inventory: async () => (await import('../services/inventory.js')).startInventory,
  checkout: async () => (await import('../services/checkout.js')).startCheckout,
  payments: async () => (await import('../services/payments.js')).startPayments,
  orders: async () => (await import('../services/orders.js')).startOrders,
  'session-cache': async () => (await import('../services/session-cache.js')).startSessionCache,
  load: async () => (await import('../load/load.js')).startLoad,
};
