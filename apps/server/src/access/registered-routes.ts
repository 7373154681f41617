import type { RouteOptions } from 'fastify';
import { StartError } from '../config/start-error.js';
import type { RouteEntry } from './route-catalog.js';

export interface RegisteredRoute {
  readonly method: string;
  readonly path: string;
}
interface RouteSource {
  addHook(name: 'onRoute', hook: (route: RouteOptions) => void): unknown;
}

/** Collects every route that reaches the HTTP router from now on, whoever registers it. */
export function registeredRoutes(router: RouteSource): readonly RegisteredRoute[] {
  const routes: RegisteredRoute[] = [];
  router.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, path: url });
  });
  return routes;
}

/** Throws a StartError for a route that a plugin registered past the controllers, and so past the guard. */
export function refuseUncataloguedRoutes(registered: readonly RegisteredRoute[], catalog: readonly RouteEntry[]): void {
  const known = new Set(catalog.map(({ method, path }) => `${method} ${path}`));
  // The router answers HEAD with the handlers of GET, guard included.
  const strangers = registered.map(({ method, path }) => `${method === 'HEAD' ? 'GET' : method} ${path}`).filter((route) => !known.has(route));
  if (strangers.length > 0) throw new StartError(`These routes bypass the access guard: ${strangers.join(', ')}. Serve them from a controller.`);
}
