import { createSocket } from 'node:dgram';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { dial } from '../../../apps/agent/src/host/packets/dial.js';
import { answerCalls } from './answer-calls.js';

/** The world outside: what it can reach, and how fast. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/** Bytes of the body that came within the time. */
function download({ host, port }: Address, bytes: number, withinMs: number): Promise<number> {
  return new Promise((resolve) => {
    let received = 0;
    const request = get({ host, port, path: `/${bytes}`, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => (received += chunk.length));
      for (const event of ['end', 'error'] as const) response.on(event, () => end());
    });
    const end = (): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(received);
    };
    const timer = setTimeout(end, withinMs);
    request.on('error', end);
  });
}

/** Sends numbered datagrams a millisecond apart and gives the numbers in the order in which they came back. */
async function echoes({ host, port }: Address, count: number, waitMs: number): Promise<number[]> {
  const socket = createSocket('udp4');
  const back: number[] = [];
  socket.on('message', (bytes) => back.push(bytes.readUInt32BE(0)));
  for (let number = 0; number < count; number++) {
    const bytes = Buffer.alloc(100);
    bytes.writeUInt32BE(number, 0);
    socket.send(bytes, port, host);
    await sleep(1);
  }
  await sleep(waitMs);
  socket.close();
  return back;
}

answerCalls({
  dial: (address: Address, withinMs: number) => dial(address, withinMs),
  /** Of so many connections at once, how many were answered. */
  dials: async (address: Address, count: number, withinMs: number) => {
    const answers = await Promise.all(Array.from({ length: count }, () => dial(address, withinMs)));
    return answers.filter((answerMs) => answerMs !== null).length;
  },
  download,
  echoes,
});
