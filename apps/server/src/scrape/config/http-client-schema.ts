import { resolve } from 'node:path';
import { z } from 'zod';
import { Secret } from '../secret.js';
import { bool, fail, orElse, refused, refusedWhenOn, secret, text } from './config-fields.js';
import type { Authentication, HttpClientConfig, SecretSource, TlsConfig, TlsVersion } from './http-client-config.js';

const NO_PROXY = 'targets are reached directly';
const TLS_VERSIONS: Readonly<Record<string, TlsVersion>> = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' };
// Headers that a request has anyway; to set them here would be to break it, or to go round `authorization`.
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-encoding', 'content-length', 'content-type', 'expect', 'host'],
  ...['keep-alive', 'origin', 'proxy-authorization', 'proxy-connection', 'range', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'x-prometheus-scrape-timeout-seconds'],
]);
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

/** The options of `http_config`, which stand among those of whoever makes the requests. Relative files are sought beside the configuration. */
export function httpClientFields(directory: string) {
  const path = text.transform((file) => resolve(directory, file));
  const basicAuth = z.strictObject({ username: orElse(text, null), username_file: orElse(path, null), password: orElse(secret, null), password_file: orElse(path, null) }).check(
    atMostOne('username', 'username_file'),
    atMostOne('password', 'password_file'),
  );
  const authorization = z.strictObject({ type: orElse(text, 'Bearer'), credentials: orElse(secret, null), credentials_file: orElse(path, null) }).check(atMostOne('credentials', 'credentials_file'));
  const tlsVersion = text.transform((name, context): TlsVersion => TLS_VERSIONS[name] ?? fail(context, `must be one of ${Object.keys(TLS_VERSIONS).join(', ')}`));
  const tls = z
    .strictObject({
      ...{ ca: orElse(secret, null), ca_file: orElse(path, null), cert: orElse(secret, null), cert_file: orElse(path, null), key: orElse(secret, null), key_file: orElse(path, null) },
      ...{ server_name: orElse(text, null), insecure_skip_verify: orElse(bool, false), min_version: orElse(tlsVersion, null), max_version: orElse(tlsVersion, null) },
    })
    .check(atMostOne('ca', 'ca_file'), atMostOne('cert', 'cert_file'), atMostOne('key', 'key_file'))
    .refine((given) => (source(given.cert, given.cert_file) === null) === (source(given.key, given.key_file) === null), 'a client certificate needs both a certificate and a key');
  const header = z.strictObject({ values: orElse(z.array(text), []), secrets: orElse(z.array(secret), []), files: orElse(z.array(path), []) });
  const headerName = text.regex(HEADER_NAME, 'is no name of a header').refine((name) => !OWN_HEADERS.has(name.toLowerCase()), 'is a header that the request sets itself');
  return {
    basic_auth: orElse(basicAuth, null),
    authorization: orElse(authorization, null),
    bearer_token: orElse(secret, null),
    bearer_token_file: orElse(path, null),
    tls_config: orElse(tls, tls.parse({})),
    follow_redirects: orElse(bool, true),
    http_headers: orElse(z.record(headerName, header), {}),
    // Node's client speaks HTTP/1.1, which is what a server may choose whatever this says.
    enable_http2: orElse(bool, true),
    oauth2: refused('fetch the token beside this server and name its file in authorization.credentials_file'),
    proxy_url: refused(NO_PROXY),
    no_proxy: refused(NO_PROXY),
    proxy_connect_header: refused(NO_PROXY),
    proxy_from_environment: refusedWhenOn(NO_PROXY),
  };
}

type Given = z.output<z.ZodObject<ReturnType<typeof httpClientFields>>>;

/** One way to prove who sends is enough, and two would contradict each other. */
export function checkOneAuthentication(given: Given, context: z.RefinementCtx): void {
  const ways = (['basic_auth', 'authorization', 'bearer_token', 'bearer_token_file'] as const).filter((way) => given[way] !== null);
  if (ways.length > 1) context.addIssue({ code: 'custom', path: [ways[1] ?? ''], message: `at most one of ${ways.join(' and ')} may be given` });
  if (given.authorization?.type.toLowerCase() === 'basic') context.addIssue({ code: 'custom', path: ['authorization', 'type'], message: 'use basic_auth for the type "basic"' });
}

export function toHttpClientConfig(given: Given): HttpClientConfig {
  const { ca, ca_file, cert, cert_file, key, key_file, server_name: serverName, insecure_skip_verify: insecureSkipVerify, min_version: minVersion, max_version: maxVersion } = given.tls_config;
  const tls: TlsConfig = { ca: source(ca, ca_file), cert: source(cert, cert_file), key: source(key, key_file), serverName, insecureSkipVerify, minVersion, maxVersion };
  const headers = Object.entries(given.http_headers).map(([name, { values, secrets, files }]) => ({
    name,
    values: [...values.map((value) => inConfig(new Secret(value))), ...secrets.map(inConfig), ...files.map(inFile)],
  }));
  return { authentication: toAuthentication(given), tls, followRedirects: given.follow_redirects, headers };
}

function toAuthentication({ basic_auth: basic, authorization, bearer_token: token, bearer_token_file: tokenFile }: Given): Authentication {
  if (basic !== null) {
    const username = source(basic.username === null ? null : new Secret(basic.username), basic.username_file);
    return { kind: 'basic', username: username ?? NOTHING, password: source(basic.password, basic.password_file) ?? NOTHING };
  }
  const credentials = authorization === null ? source(token, tokenFile) : (source(authorization.credentials, authorization.credentials_file) ?? NOTHING);
  return credentials === null ? { kind: 'none' } : { kind: 'credentials', scheme: authorization?.type ?? 'Bearer', credentials };
}

function source(secretText: Secret | null, file: string | null): SecretSource | null {
  if (file !== null) return inFile(file);
  return secretText === null ? null : inConfig(secretText);
}

const NOTHING: SecretSource = inConfig(new Secret(''));

function inConfig(secretText: Secret): SecretSource {
  return { from: 'config', secret: secretText };
}

function inFile(path: string): SecretSource {
  return { from: 'file', path };
}

function atMostOne<One extends string, Other extends string>(one: One, other: Other) {
  return z.refine<Readonly<Record<One | Other, unknown>>>((given) => given[one] === null || given[other] === null, `at most one of ${one} and ${other} may be given`);
}
