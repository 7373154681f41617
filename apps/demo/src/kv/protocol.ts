/**
 * The wire protocol of the session cache. Text lines end in CR LF; a value follows its line as raw bytes, counted, so it may hold anything.
 *
 *     GET <key>                     VALUE <bytes> CRLF <data> | NONE
 *     SET <key> <ttlSec> <bytes>    STORED
 *       CRLF <data>
 *     TTL <key>                     SECONDS <n> | NONE
 *     DEL <key>                     DELETED | NONE
 *     PING                          PONG
 *     anything else                 ERROR <why>
 *
 * Commands may be pipelined; replies keep their order.
 */
export type Command =
  | { readonly kind: 'get'; readonly key: string }
  | { readonly kind: 'set'; readonly key: string; readonly ttlSec: number; readonly value: Uint8Array }
  | { readonly kind: 'ttl'; readonly key: string }
  | { readonly kind: 'del'; readonly key: string }
  | { readonly kind: 'ping' };

export type Reply =
  | { readonly kind: 'value'; readonly value: Uint8Array }
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'stored' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'none' }
  | { readonly kind: 'pong' }
  | { readonly kind: 'error'; readonly problem: string };

export const MAX_LINE_BYTES = 256;
export const MAX_VALUE_BYTES = 65_536;
const LINE_END = Buffer.from('\r\n');

export function encodeCommand(command: Command): Buffer {
  switch (command.kind) {
    case 'get':
    case 'ttl':
    case 'del':
      return line(`${command.kind.toUpperCase()} ${command.key}`);
    case 'set':
      return Buffer.concat([line(`SET ${command.key} ${command.ttlSec} ${command.value.length}`), command.value, LINE_END]);
    case 'ping':
      return line('PING');
    default:
      return command satisfies never;
  }
}

export function encodeReply(reply: Reply): Buffer {
  switch (reply.kind) {
    case 'value':
      return Buffer.concat([line(`VALUE ${reply.value.length}`), reply.value, LINE_END]);
    case 'seconds':
      return line(`SECONDS ${reply.seconds}`);
    case 'error':
      return line(`ERROR ${reply.problem}`);
    case 'stored':
    case 'deleted':
    case 'none':
    case 'pong':
      return line(reply.kind.toUpperCase());
    default:
      return reply satisfies never;
  }
}

function line(text: string): Buffer {
  return Buffer.from(`${text}\r\n`);
}
