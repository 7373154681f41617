import { readFile } from 'node:fs/promises';

// `st` of a socket that listens, in the kernel's include/net/tcp_states.h.
const LISTEN = '0A';

/** The inodes of TCP sockets that listen on `port`, from the text of `/proc/net/tcp` or `/proc/net/tcp6`. */
export function listenersOn(port: number, text: string): readonly string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(`:${wanted}`) && state === LISTEN)
    .map((fields) => fields[9] ?? '');
}

/** Over both address families, in the network namespace of this process. */
export async function listeningInodes(port: number): Promise<ReadonlySet<string>> {
  const texts = await Promise.all(['tcp', 'tcp6'].map((family) => readFile(`/proc/net/${family}`, 'utf8').catch(() => '')));
  return new Set(texts.flatMap((text) => listenersOn(port, text)));
}
