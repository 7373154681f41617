import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A child process that answers every request with the same 128 bytes and tells its port to its parent. */
const BODY = 'x'.repeat(128);
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': BODY.length });
  response.end(BODY);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
