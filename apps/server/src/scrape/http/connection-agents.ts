import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AgentOptions } from 'node:https';
import { isDeepStrictEqual } from 'node:util';
import type { SecretSource, TlsConfig } from '../config/http-client-config.js';
import { reveal } from './credentials.js';

// Longer than most scrape intervals; a target that is scraped less often is connected to anew each time.
const IDLE_MS = 5 * 60_000;

/** Kept connections. Certificates may come from files that are renewed while we run: connections made with old ones are then left. */
export class ConnectionAgents {
  private readonly plain = new HttpAgent({ keepAlive: true, timeout: IDLE_MS });
  private secure: { readonly agent: HttpsAgent; readonly options: AgentOptions } | null = null;

  constructor(private readonly tls: TlsConfig) {}

  /** Throws HttpError when a file of the TLS settings cannot be read. */
  async agentFor(url: URL): Promise<HttpAgent> {
    return url.protocol === 'https:' ? this.secureAgent() : this.plain;
  }

  close(): void {
    this.plain.destroy();
    this.secure?.agent.destroy();
  }

  private async secureAgent(): Promise<HttpsAgent> {
    const options = await tlsOptions(this.tls);
    if (this.secure !== null && isDeepStrictEqual(options, this.secure.options)) return this.secure.agent;
    const agent = new HttpsAgent({ ...options, keepAlive: true, timeout: IDLE_MS });
    // Only idle ones: `destroy` would cut requests under way as well.
    for (const idle of Object.values(this.secure?.agent.freeSockets ?? {}).flat()) idle?.destroy();
    this.secure = { agent, options };
    return agent;
  }
}

async function tlsOptions({ ca, cert, key, serverName, insecureSkipVerify, minVersion, maxVersion }: TlsConfig): Promise<AgentOptions> {
  const [caText, certText, keyText] = await Promise.all([ca, cert, key].map(textOf));
  return {
    rejectUnauthorized: !insecureSkipVerify,
    ...(caText === undefined ? {} : { ca: caText }),
    ...(certText === undefined ? {} : { cert: certText }),
    ...(keyText === undefined ? {} : { key: keyText }),
    ...(serverName === null ? {} : { servername: serverName }),
    ...(minVersion === null ? {} : { minVersion }),
    ...(maxVersion === null ? {} : { maxVersion }),
  };
}

async function textOf(source: SecretSource | null): Promise<string | undefined> {
  return source === null ? undefined : reveal(source);
}
