import { readFile } from 'node:fs/promises';
import type { HttpClientConfig, SecretSource } from '../config/http-client-config.js';
import { HttpError } from './http-client.js';

/** Throws HttpError when its file cannot be read. Space around what a file holds is not part of it. */
export async function reveal(source: SecretSource): Promise<string> {
  if (source.from === 'config') return source.secret.reveal();
  try {
    return (await readFile(source.path, 'utf8')).trim();
  } catch (error) {
    throw new HttpError(`${source.path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
  }
}

/** Headers that prove who asks, and those that the configuration adds. They are for the configured server alone, not for one that it redirects to. */
export async function credentialHeaders({ authentication, headers }: HttpClientConfig): Promise<Record<string, string | string[]>> {
  const added = await Promise.all(headers.map(async ({ name, values }) => [name, await Promise.all(values.map(reveal))] as const));
  const authorization = await authorizationOf(authentication);
  return { ...Object.fromEntries(added), ...(authorization === null ? {} : { authorization }) };
}

async function authorizationOf(authentication: HttpClientConfig['authentication']): Promise<string | null> {
  switch (authentication.kind) {
    case 'none':
      return null;
    case 'basic': {
      const [username, password] = await Promise.all([reveal(authentication.username), reveal(authentication.password)]);
      return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    }
    case 'credentials':
      return `${authentication.scheme} ${await reveal(authentication.credentials)}`;
  }
}
