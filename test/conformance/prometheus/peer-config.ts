/** How the three processes are told of each other. JSON is YAML too. */
const INTERVAL = '1s';
/** Of the node exporter, where Faultline asks it itself. */
export const OWN_JOB = 'node-by-faultline';

interface Addresses {
  readonly exporter: string;
  readonly prometheus: string;
}

/** Prometheus asks the exporter and itself, and sends everything on. One shard keeps the order: what has arrived has nothing missing before it. */
export function prometheusConfig({ exporter, prometheus }: Addresses, writeTo: { readonly url: string; readonly token: string }): string {
  const queue = { min_shards: 1, max_shards: 1, batch_send_deadline: '200ms', min_backoff: '50ms', max_backoff: '1s' };
  const sections = {
    global: { scrape_interval: INTERVAL },
    scrape_configs: [job('node', exporter), job('prometheus', prometheus)],
    remote_write: [{ url: writeTo.url, authorization: { credentials: writeTo.token }, queue_config: queue, metadata_config: { send: true, send_interval: '5s' } }],
  };
  return Object.entries(sections).map(([name, section]) => `${name}: ${JSON.stringify(section)}\n`).join('');
}

export function ownScrapeConfig({ exporter }: Pick<Addresses, 'exporter'>): string {
  return JSON.stringify({ global: { scrape_interval: INTERVAL }, scrape_configs: [job(OWN_JOB, exporter)] });
}

function job(name: string, address: string): object {
  return { job_name: name, static_configs: [{ targets: [address] }] };
}
