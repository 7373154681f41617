const GO_WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EACCES: 'permission denied',
};

/** What Go says when an address cannot be listened on, such as `listen tcp 127.0.0.1:80: bind: permission denied`; null for other errors. */
export function listenProblem(error: unknown): string | null {
  if (!isListenError(error)) return null;
  const host = error.address?.includes(':') ? `[${error.address}]` : (error.address ?? '');
  return `listen tcp ${host}:${error.port ?? 0}: bind: ${GO_WORDS[error.code ?? ''] ?? error.code}`;
}

function isListenError(error: unknown): error is NodeJS.ErrnoException & { readonly address?: string; readonly port?: number } {
  return error instanceof Error && 'syscall' in error && (error.syscall === 'listen' || error.syscall === 'bind' || error.syscall === 'getaddrinfo');
}
