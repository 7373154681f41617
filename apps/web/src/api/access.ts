import type { CreatedTokenView, Role, SignInLinkView, TokenView, UserView } from '#contracts';
import { request } from './request.js';

export function listUsers(): Promise<UserView[]> {
  return request('/api/users');
}

export function removeUser(id: string): Promise<void> {
  return request(`/api/users/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** A one-time sign-in link; readable in this answer only. */
export function createSignInLink(link: { readonly name: string; readonly role: Role }): Promise<SignInLinkView> {
  return request('/api/sign-in-links', { method: 'POST', body: link });
}

export function listTokens(): Promise<TokenView[]> {
  return request('/api/tokens');
}

/** An API token for `Authorization: Bearer`; readable in this answer only. */
export function createToken(token: { readonly name: string; readonly role: Role; readonly expiresInDays: number; readonly readScope: string }): Promise<CreatedTokenView> {
  return request('/api/tokens', { method: 'POST', body: token });
}

export function removeToken(id: string): Promise<void> {
  return request(`/api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
