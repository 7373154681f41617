import { lookup } from 'node:dns/promises';

/** Where the server is, as the agent dials it. Faults on packets leave this connection alone: through it they are stopped. */
export interface ControlTraffic {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
}

/** Every address behind the server's name now; none when it cannot be resolved. */
export async function addressesOf({ host }: ControlTraffic): Promise<readonly string[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const found = await lookup(bare, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
