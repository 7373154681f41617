const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** How this server is reached from elsewhere, and the port on which it listens. */
export interface OwnPlace {
  readonly origin: string;
  readonly port: number;
}

/** The address of a target for whoever looks from another machine: a loopback address means this machine, and this server's own port means its origin. */
export function globalUrl(target: URL, { origin, port }: OwnPlace): string {
  if (!LOOPBACK.has(target.hostname)) return target.href;
  const url = new URL(target);
  const own = new URL(origin);
  if (target.port === String(port)) {
    url.protocol = own.protocol;
    url.host = own.host;
    url.port = own.port;
  } else {
    url.hostname = own.hostname;
  }
  return url.href;
}
