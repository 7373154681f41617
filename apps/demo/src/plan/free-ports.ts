import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below every system's ephemeral range (Linux begins at 32768): an outgoing connection must not take a planned port before `run` listens on it.
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const PORT_COUNT = LAST_PORT - FIRST_PORT + 1;

/** Different free ports on 127.0.0.1; fewer than asked for when there are no more. Starts anywhere, so that two plans made at once seldom meet. */
export async function freePorts(count: number): Promise<number[]> {
  const start = randomInt(PORT_COUNT);
  const found: number[] = [];
  for (let i = 0; i < PORT_COUNT && found.length < count; i++) {
    const port = FIRST_PORT + ((start + i) % PORT_COUNT);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
