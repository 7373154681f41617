import { ROUTE_ARGS_METADATA } from '@nestjs/common/internal';
import { z } from 'zod';
import { ERRORS, PERMISSIONS, ROLES, allows } from '#contracts';
import type { DeclaredAccess } from '../access/require.decorator.js';
import type { RouteEntry, SocketEventEntry } from '../access/route-catalog.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: unknown;
}
interface RouteInput {
  readonly place: 'body' | 'query' | 'param';
  readonly name: string | null;
  readonly schema: JsonSchema;
}
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: unknown;
  /** OpenAPI has no place for sockets: each event of the live stream with its declared access. */
  readonly 'x-faultline-socket-events': Readonly<Record<string, DeclaredAccess>>;
}
interface Surface {
  readonly routes: readonly RouteEntry[];
  readonly socketEvents: readonly SocketEventEntry[];
}

/** OpenAPI 3.1 from the routes themselves: paths and permissions from their decorators, inputs from the schemas of their ZodPipes. */
export function buildOpenApi({ routes, socketEvents }: Surface, version: string): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  const events = Object.fromEntries(socketEvents.map(({ event, access }) => [event, access]));
  return { openapi: '3.1.0', info: { title: 'Faultline', version }, paths, components, 'x-faultline-socket-events': events };
}

/** `/api/faults/:id` is `/api/faults/{id}` in OpenAPI, and the wildcard is a parameter named `path`. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');
}

function operation(route: RouteEntry): Record<string, unknown> {
  const inputs = readInputs(route);
  const body = inputs.find((input) => input.place === 'body');
  return {
    operationId: `${route.host.name.replace(/Controller$/, '')}.${route.handlerName}`,
    description: describeAccess(route.access),
    security: route.access.kind === 'public' ? [] : [{ session: [] }, { token: [] }],
    'x-faultline-access': route.access,
    parameters: [...pathParameters(route.path, inputs), ...queryParameters(inputs)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: body.schema } } } }),
    responses: { '2XX': { description: 'Done.' }, default: { $ref: '#/components/responses/Error' } },
  };
}

function describeAccess(access: DeclaredAccess): string {
  if (access.kind === 'public') return 'Needs no sign-in.';
  if (access.kind === 'signed-in') return 'Needs a session or a token of any role.';
  return `Needs the permission ${access.permission}: ${ROLES.filter((role) => allows(role, access.permission)).join(', ')}.`;
}

// Nest keys its parameter metadata `<kind>:<index>`; the kinds are those of its RouteParamtypes.
const PLACES: Readonly<Record<string, RouteInput['place']>> = { 3: 'body', 4: 'query', 5: 'param' };

function readInputs({ host, handlerName }: RouteEntry): RouteInput[] {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, host, handlerName) ?? {}) as Record<string, { data?: unknown; pipes?: readonly unknown[] }>;
  return Object.entries(parameters).flatMap(([key, { data, pipes }]) => {
    const place = PLACES[key.split(':', 1)[0] ?? ''];
    const pipe = pipes?.find((one) => one instanceof ZodPipe);
    if (place === undefined || pipe === undefined) return [];
    return [{ place, name: typeof data === 'string' ? data : null, schema: z.toJSONSchema(pipe.schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) }];
  });
}

function pathParameters(path: string, inputs: readonly RouteInput[]): Parameter[] {
  const names = [...openApiPath(path).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return names.map((name) => ({ name, in: 'path', required: true, schema: inputs.find((input) => input.place === 'param' && input.name === name)?.schema ?? { type: 'string' } }));
}

function queryParameters(inputs: readonly RouteInput[]): Parameter[] {
  return inputs
    .filter((input) => input.place === 'query')
    .flatMap(({ schema }) => Object.entries(schema.properties ?? {}).map(([name, property]) => ({ name, in: 'query' as const, required: schema.required?.includes(name) === true, schema: property })));
}

const components = {
  securitySchemes: {
    session: { type: 'apiKey', in: 'cookie', name: 'faultline_session' },
    token: { type: 'http', scheme: 'bearer' },
  },
  schemas: {
    Permission: { enum: PERMISSIONS },
    Error: {
      type: 'object',
      required: ['error'],
      properties: {
        error: { type: 'object', required: ['code', 'message', 'details'], properties: { code: { enum: Object.keys(ERRORS) }, message: { type: 'string' }, details: { type: 'object' } } },
      },
    },
  },
  responses: { Error: { description: 'What went wrong; clients switch on the code.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } } },
};
