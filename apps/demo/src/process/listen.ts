import type { Server } from 'node:net';

/** Resolves to null once the server listens on 127.0.0.1, or to the problem in one line. */
export function listen(server: Server, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(explain(error, port)));
    server.listen({ host: '127.0.0.1', port }, () => resolve(null));
  });
}

function explain(error: NodeJS.ErrnoException, port: number): string {
  if (error.code !== 'EADDRINUSE') return `cannot listen on 127.0.0.1:${port}: ${error.message}`;
  return `cannot listen on 127.0.0.1:${port}: another process has the port. Stop that one, or make a new plan with \`plan\``;
}
