import { HttpError } from '../http/http-client.js';
import type { HttpClient } from '../http/http-client.js';
import type { TargetFinder } from './discovery.js';
import { readJsonGroups, withLabel } from './read-target-groups.js';
import type { TargetGroup } from './target-group.js';

const MAX_BODY_BYTES = 64 * 1_024 * 1_024;
const URL_LABEL = '__meta_url';
const JSON_TYPE = /^\s*application\/json(\s*;\s*charset=("utf-8"|utf-8))?\s*$/i;
const OK = 200;

/** `http_sd_configs`: a server that gives the whole list each time (Prometheus' documentation, "HTTP SD"). */
export class HttpFinder implements TargetFinder {
  constructor(
    private readonly url: string,
    private readonly refreshMs: number,
    private readonly client: HttpClient,
  ) {}

  async find(signal: AbortSignal): Promise<{ groups: readonly TargetGroup[]; problem: null }> {
    const headers = { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'Faultline', 'x-prometheus-refresh-interval-seconds': String(this.refreshMs / 1_000) };
    const { status, statusText, contentType, body } = await this.client.get({ url: new URL(this.url), headers, maxBodyBytes: MAX_BODY_BYTES }, signal);
    if (status !== OK) throw new HttpError(`server returned HTTP status ${status} ${statusText}`.trim());
    if (!JSON_TYPE.test(contentType ?? '')) throw new HttpError(`unsupported content type ${JSON.stringify((contentType ?? '').slice(0, 100))}`);
    return { groups: withLabel(readJsonGroups(Buffer.from(body).toString('utf8')), URL_LABEL, this.url), problem: null };
  }

  close(): void {
    this.client.close();
  }
}
