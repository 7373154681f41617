import type { Answer } from './answer.js';
import type { Face } from './face.js';
import { populate } from './populate.js';
import { createProxy, listProxies, removeProxy, reset, showProxy, updateProxy } from './proxy-handlers.js';
import { addToxic, listToxics, removeToxic, showToxic, updateToxic } from './toxic-handlers.js';

/** `names` are those of the path, in its order. */
interface Call {
  readonly face: Face;
  readonly names: readonly [string, string];
  readonly body: Uint8Array;
}
export type Handler = (call: Call) => Answer | Promise<Answer>;
type Methods = Readonly<Record<string, Handler>>;

export interface FixedAnswers {
  version(): Answer;
  /** Null: there is no such page. */
  readonly metrics: (() => Promise<Answer>) | null;
}

/** `*` stands for any one segment, and for any method. */
function routeTable({ version, metrics }: FixedAnswers): Readonly<Record<string, Methods>> {
  return {
    '/proxies': { GET: ({ face }) => listProxies(face), POST: ({ face, body }) => createProxy(face, body) },
    '/proxies/*': {
      GET: ({ face, names: [proxy] }) => showProxy(face, proxy),
      ...changing(({ face, names: [proxy], body }) => updateProxy(face, proxy, body)),
      DELETE: ({ face, names: [proxy] }) => removeProxy(face, proxy),
    },
    '/proxies/*/toxics': {
      GET: ({ face, names: [proxy] }) => listToxics(face, proxy),
      POST: ({ face, names: [proxy], body }) => addToxic(face, proxy, body),
    },
    '/proxies/*/toxics/*': {
      GET: ({ face, names: [proxy, toxic] }) => showToxic(face, proxy, toxic),
      ...changing(({ face, names: [proxy, toxic], body }) => updateToxic(face, proxy, toxic, body)),
      DELETE: ({ face, names: [proxy, toxic] }) => removeToxic(face, proxy, toxic),
    },
    '/populate': { POST: ({ face, body }) => populate(face, body) },
    '/reset': { POST: ({ face }) => reset(face) },
    '/version': { GET: () => version() },
    ...(metrics === null ? {} : { '/metrics': { '*': () => metrics() } }),
  };
}

/** POST is the older of the two and still what most clients send. */
function changing(handler: Handler): Methods {
  return { POST: handler, PATCH: handler };
}

export type RouteMatch = { readonly type: 'handler'; readonly handler: Handler; readonly names: readonly [string, string] } | { readonly type: 'no-page' } | { readonly type: 'no-method' };

/** Compiles the table once; gives what matches a method and a decoded path. A name is one non-empty segment. */
export function createRoutes(answers: FixedAnswers): (method: string, path: string) => RouteMatch {
  const routes = Object.entries(routeTable(answers)).map(([path, methods]) => ({ pattern: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`), methods: new Map(Object.entries(methods)) }));
  return (method, path) => {
    for (const { pattern, methods } of routes) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const handler = methods.get(method) ?? methods.get('*');
      return handler === undefined ? { type: 'no-method' } : { type: 'handler', handler, names: [match[1] ?? '', match[2] ?? ''] };
    }
    return { type: 'no-page' };
  };
}
