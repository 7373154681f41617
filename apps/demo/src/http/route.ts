import type { TraceContext } from '../trace/traceparent.js';

export interface ShopRequest {
  /** Values of the `:name` parts of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined without a body or when it is none. */
  readonly body: unknown;
  readonly trace: TraceContext;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON, or as it is when it is text. */
  readonly body: unknown;
  readonly contentType?: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/products/:sku`; also the label of its metrics, so there are few of them whatever is asked for. */
  readonly path: string;
  readonly handle: (request: ShopRequest) => Promise<Answer> | Answer;
}

export interface MatchedRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type RouteMatcher = (method: string, path: string) => MatchedRoute | null;

/** Compiles routes once; the first that fits wins. */
export function compileRoutes(routes: readonly Route[]): RouteMatcher {
  const compiled = routes.map((route) => ({ route, parts: route.path.split('/') }));
  return (method, path) => {
    const asked = path.split('/');
    for (const { route, parts } of compiled) {
      const params = route.method === method ? matchParts(parts, asked) : null;
      if (params !== null) return { route, params };
    }
    return null;
  };
}

function matchParts(parts: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (parts.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const value = asked[i] ?? '';
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}
