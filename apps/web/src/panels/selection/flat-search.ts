/**
 * The query of a page's address as plain text, so that an address can be read and typed: `?edge=gateway-eu%3Ecatalog/http&view=table`.
 * The router's own form quotes values as JSON.
 */
export function parseFlatSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function writeFlatSearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (pairs.length === 0) return '';
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]));
  // These two are legal in a query and far easier to read than their escapes.
  return `?${query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
}
