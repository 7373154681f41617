/** What a Prometheus configuration says of the parts that were started: the demo's processes, and the agent where it serves its metrics. JSON, which is YAML too. */
export function scrapeConfig({ targetsFile, agentPort }: { readonly targetsFile: string | null; readonly agentPort: number | null }): string {
  const jobs = [
    ...(targetsFile === null ? [] : [{ job_name: 'demo', file_sd_configs: [{ files: [targetsFile] }] }]),
    ...(agentPort === null ? [] : [{ job_name: 'faultline-agent', static_configs: [{ targets: [`127.0.0.1:${agentPort}`] }] }]),
  ];
  return `${JSON.stringify({ global: { scrape_interval: '5s' }, scrape_configs: jobs }, null, 2)}\n`;
}
