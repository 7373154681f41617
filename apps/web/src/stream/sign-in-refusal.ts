/** Whether a refused connection or subscription says that a session is needed: by its `data.code`, its `code`, or its message. */
export function isSignInRefusal(refusal: object): boolean {
  const said = refusal as { readonly code?: unknown; readonly message?: unknown; readonly data?: { readonly code?: unknown } | null };
  return [said.data?.code, said.code, said.message].includes('SIGN_IN_REQUIRED');
}
