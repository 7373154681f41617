import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * A child process with the three upstreams of the proxy benchmark, as cheap as Node can make them: `echo` gives every byte back, `http` gives one
 * fixed answer to each request head, `sink` swallows bytes and tells how many came before the first line end.
 */
const BODY = 'x'.repeat(128);
const LAST_BYTE = '\n'.charCodeAt(0);
const ANSWER = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`);

function echo(socket: Socket): void {
  socket.on('data', (bytes) => socket.write(bytes));
}

function http(socket: Socket): void {
  let end = '';
  socket.on('data', (bytes: Buffer) => {
    const text = end + bytes.toString('latin1');
    const heads = text.split('\r\n\r\n').length - 1;
    end = text.endsWith('\r\n\r\n') ? '' : text.slice(-3);
    for (let i = 0; i < heads; i += 1) socket.write(ANSWER);
  });
}

function sink(socket: Socket): void {
  let count = 0;
  socket.on('data', (bytes: Buffer) => {
    count += bytes.length;
    if (bytes.at(-1) === LAST_BYTE) socket.write(`${count - 1}\n`);
  });
}

async function listen(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve));
  return (server.address() as AddressInfo).port;
}

export interface UpstreamPorts {
  readonly echo: number;
  readonly http: number;
  readonly sink: number;
}

const ports: UpstreamPorts = { echo: await listen(echo), http: await listen(http), sink: await listen(sink) };
process.send?.(ports);
process.on('disconnect', () => process.exit(0));
