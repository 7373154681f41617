import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GATEWAY_METADATA, MESSAGE_MAPPING_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/internal';
import { StartError } from '../config/start-error.js';
import { DECLARED_ACCESS, type DeclaredAccess } from './require.decorator.js';

type Handler = (...parameters: unknown[]) => unknown;
type HandlerHost = new (...parameters: never[]) => object;

interface CatalogEntry {
  readonly access: DeclaredAccess;
  readonly host: HandlerHost;
  readonly handlerName: string;
}
export interface RouteEntry extends CatalogEntry {
  readonly method: string;
  /** As Nest writes it: `/api/faults/:id`. */
  readonly path: string;
}
export interface SocketEventEntry extends CatalogEntry {
  readonly event: string;
}
interface FoundHandler {
  readonly host: HandlerHost;
  readonly handlerName: string;
  readonly handler: Handler;
}

/** Every HTTP route and socket event with its declared access. One without a declaration stops the start: forgetting it must not open a door. */
@Injectable()
export class RouteCatalog implements OnModuleInit {
  private readonly foundRoutes: RouteEntry[] = [];
  private readonly foundEvents: SocketEventEntry[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  get routes(): readonly RouteEntry[] {
    return this.foundRoutes;
  }
  get socketEvents(): readonly SocketEventEntry[] {
    return this.foundEvents;
  }

  onModuleInit(): void {
    const undeclared: string[] = [];
    for (const found of this.handlers(this.discovery.getControllers(), PATH_METADATA)) this.addRoutes(found, undeclared);
    for (const found of this.handlers(this.discovery.getProviders(), GATEWAY_METADATA)) this.addEvent(found, undeclared);
    if (undeclared.length > 0) throw new StartError(`Without a declared permission: ${undeclared.join(', ')}. Add @Require, @SignedIn or @Public.`);
  }

  private addRoutes(found: FoundHandler, undeclared: string[]): void {
    const paths = readPaths(found.handler);
    if (paths === null) return;
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, found.handler) as RequestMethod];
    for (const base of readPaths(found.host) ?? ['']) {
      for (const path of paths) {
        const entry = { method, path: joinPath(base, path) };
        const access = readAccess(found.handler);
        if (access === undefined) undeclared.push(`${method} ${entry.path}`);
        else this.foundRoutes.push({ ...entry, access, host: found.host, handlerName: found.handlerName });
      }
    }
  }

  private addEvent({ host, handlerName, handler }: FoundHandler, undeclared: string[]): void {
    if (Reflect.getMetadata(MESSAGE_MAPPING_METADATA, handler) !== true) return;
    const event = Reflect.getMetadata(MESSAGE_METADATA, handler) as string;
    const access = readAccess(handler);
    if (access === undefined) undeclared.push(`socket event ${event}`);
    else this.foundEvents.push({ event, access, host, handlerName });
  }

  private *handlers(wrappers: ReturnType<DiscoveryService['getControllers']>, marker: string): Generator<FoundHandler> {
    for (const { metatype, isAlias } of wrappers) {
      if (typeof metatype !== 'function' || isAlias || !Reflect.hasMetadata(marker, metatype)) continue;
      const prototype = metatype.prototype as Readonly<Record<string, Handler>>;
      for (const handlerName of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[handlerName];
        if (handler !== undefined) yield { host: metatype as HandlerHost, handlerName, handler };
      }
    }
  }
}

function readAccess(handler: Handler): DeclaredAccess | undefined {
  return Reflect.getMetadata(DECLARED_ACCESS, handler) as DeclaredAccess | undefined;
}

function readPaths(of: object): string[] | null {
  const path = Reflect.getMetadata(PATH_METADATA, of) as string | string[] | undefined;
  return path === undefined ? null : [path].flat();
}

function joinPath(base: string, path: string): string {
  const segments = [base, path].flatMap((part) => part.split('/')).filter((segment) => segment !== '');
  return `/${segments.join('/')}`;
}
