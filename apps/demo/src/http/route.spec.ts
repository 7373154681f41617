import { describe, expect, it } from 'vitest';
import { compileRoutes } from './route.js';
import type { Route } from './route.js';

const route = (method: Route['method'], path: string): Route => ({ method, path, handle: () => ({ status: 200, body: null }) });
const match = compileRoutes([route('GET', '/'), route('GET', '/products/:sku'), route('POST', '/products/:sku')]);

describe('compileRoutes', () => {
  it('finds the route by method and path and names its params', () => {
    expect(match('GET', '/')?.route.path).toBe('/');
    const found = match('POST', '/products/p-7');
    expect([found?.route.method, found?.params]).toEqual(['POST', { sku: 'p-7' }]);
  });

  it.each([
    ['another method', 'DELETE', '/'],
    ['a longer path', 'GET', '/products/p-7/reviews'],
    ['an empty param', 'GET', '/products/'],
    ['an unknown path', 'GET', '/nothing'],
  ])('knows no route for %s', (_, method, path) => {
    expect(match(method, path)).toBeNull();
  });
});
