const POSTGRES_PORT = '5432';

/** `host:port` of a Postgres URL; null when the text is not one. */
export function databaseAddress(databaseUrl: string): string | null {
  const url = parsePostgresUrl(databaseUrl);
  return url === null || url.hostname === '' ? null : `${url.hostname}:${url.port || POSTGRES_PORT}`;
}

/** The same database with the same account, reached through the proxy at `address` (host:port). */
export function throughProxy(databaseUrl: string, address: string): string {
  const url = parsePostgresUrl(databaseUrl);
  if (url === null) return databaseUrl;
  url.host = address;
  return url.href;
}

function parsePostgresUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'postgres:' || url.protocol === 'postgresql:' ? url : null;
}
