import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { answerCalls } from './answer-calls.js';

/** What faults act on: a server on a port of its own, over TCP (HTTP, a body of so many bytes as the path says) and UDP (each datagram comes back). */
const BLOCK = Buffer.alloc(65_536, 'x');

const http = createServer((request, response) => {
  for (let left = Number(request.url?.slice(1)); left > 0; left -= BLOCK.length) response.write(BLOCK.subarray(0, left));
  response.end();
});
const udp = createSocket('udp4');
udp.on('message', (bytes, { address, port }) => udp.send(bytes, port, address));

answerCalls({
  listen: async (port = 0) => {
    await new Promise<void>((resolve) => http.listen(port, '0.0.0.0', resolve));
    const listening = (http.address() as AddressInfo).port;
    await new Promise<void>((resolve) => udp.bind(listening, '0.0.0.0', resolve));
    return listening;
  },
});
