import type { Secret } from '../secret.js';

/** A secret as it stands in the configuration, or in a file that is read for each request, so that whoever changes it need not tell us. */
export type SecretSource = { readonly from: 'config'; readonly secret: Secret } | { readonly from: 'file'; readonly path: string };

export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly username: SecretSource; readonly password: SecretSource }
  /** `Authorization: <scheme> <credentials>` */
  | { readonly kind: 'credentials'; readonly scheme: string; readonly credentials: SecretSource };

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

export interface TlsConfig {
  readonly ca: SecretSource | null;
  readonly cert: SecretSource | null;
  readonly key: SecretSource | null;
  readonly serverName: string | null;
  readonly insecureSkipVerify: boolean;
  readonly minVersion: TlsVersion | null;
  readonly maxVersion: TlsVersion | null;
}

/** `http_config` of Prometheus' configuration: how a request proves who sends it and checks whom it reaches. */
export interface HttpClientConfig {
  readonly authentication: Authentication;
  readonly tls: TlsConfig;
  readonly followRedirects: boolean;
  readonly headers: readonly { readonly name: string; readonly values: readonly SecretSource[] }[];
}
