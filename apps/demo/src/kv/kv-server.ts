import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { CommandParser } from './command-parser.js';
import type { ParsedCommand } from './command-parser.js';
import type { KvStore } from './kv-store.js';
import { encodeReply } from './protocol.js';
import type { Command, Reply } from './protocol.js';

/** Serves the protocol of protocol.ts over `store`. It is not listening yet. */
export function createKvServer(store: KvStore, onCommand: (kind: string) => void): Server {
  const server = createServer((socket) => {
    const parser = new CommandParser();
    socket.setNoDelay(true);
    socket.on('data', (bytes) => answerAll({ socket, store, onCommand }, parser.feed(bytes)));
    // A caller that vanishes is everyday life for a cache: the socket is gone, and that is all.
    socket.on('error', () => socket.destroy());
  });
  return server;
}

interface Connection {
  readonly socket: Socket;
  readonly store: KvStore;
  readonly onCommand: (kind: string) => void;
}

function answerAll({ socket, store, onCommand }: Connection, parsed: readonly ParsedCommand[]): void {
  for (const entry of parsed) {
    onCommand(entry.ok ? entry.command.kind : 'invalid');
    socket.write(encodeReply(entry.ok ? execute(entry.command, store) : { kind: 'error', problem: entry.problem }));
    if (!entry.ok && entry.fatal) socket.end();
  }
}

function execute(command: Command, store: KvStore): Reply {
  switch (command.kind) {
    case 'get': {
      const value = store.get(command.key);
      return value === null ? { kind: 'none' } : { kind: 'value', value };
    }
    case 'set':
      store.set(command.key, command.value, command.ttlSec);
      return { kind: 'stored' };
    case 'ttl': {
      const seconds = store.ttlSec(command.key);
      return seconds === null ? { kind: 'none' } : { kind: 'seconds', seconds };
    }
    case 'del':
      return { kind: store.delete(command.key) ? 'deleted' : 'none' };
    case 'ping':
      return { kind: 'pong' };
    default:
      return command satisfies never;
  }
}
