/** Which message a request carries, or why it cannot be read: then the answer is 415. */
export type RemoteWriteVersion = { readonly version: 1 | 2 } | { readonly version: null; readonly reason: string };

const MEDIA_TYPE = 'application/x-protobuf';
const VERSION_OF_MESSAGE: Readonly<Record<string, 1 | 2>> = { 'prometheus.WriteRequest': 1, 'io.prometheus.write.v2.Request': 2 };

/**
 * Remote-Write 2.0 specification, "Required HTTP request headers": the content type names the message, and without a `proto` parameter it is 1.0's. The headers that early
 * 1.0 senders leave out are taken as given, as Prometheus' own receiver does.
 */
export function remoteWriteVersion(headers: { readonly contentType: string | undefined; readonly contentEncoding: string | undefined }): RemoteWriteVersion {
  const encoding = headers.contentEncoding?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'snappy') return unsupported(`The content encoding ${JSON.stringify(headers.contentEncoding)} is not supported; use snappy (block format).`);
  const [mediaType = '', ...parameters] = (headers.contentType ?? '').split(';').map((part) => part.trim());
  if (mediaType === '' && parameters.length === 0) return { version: 1 };
  if (mediaType.toLowerCase() !== MEDIA_TYPE) return unsupported(`The content type ${JSON.stringify(headers.contentType)} is not supported; use ${MEDIA_TYPE}.`);
  const message = parameters.map(protoParameter).find((name) => name !== null);
  if (message === undefined) return { version: 1 };
  const version = Object.hasOwn(VERSION_OF_MESSAGE, message) ? VERSION_OF_MESSAGE[message] : undefined;
  if (version === undefined) return unsupported(`The message ${JSON.stringify(message)} is not known; use one of ${Object.keys(VERSION_OF_MESSAGE).join(', ')}.`);
  return { version };
}

function protoParameter(parameter: string): string | null {
  const match = /^proto\s*=\s*(?:"(.*)"|(.*))$/i.exec(parameter);
  return match === null ? null : (match[1] ?? match[2] ?? null);
}

function unsupported(reason: string): RemoteWriteVersion {
  return { version: null, reason };
}
