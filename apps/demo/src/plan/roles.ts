/** What a process can be; several gateways share one role. */
export const ROLES = ['gateway', 'catalog', 'pricing', 'recommendations', 'cart', 'inventory', 'checkout', 'payments', 'orders', 'session-cache', 'load'] as const;
export type Role = (typeof ROLES)[number];
