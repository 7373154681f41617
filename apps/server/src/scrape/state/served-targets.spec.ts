import { describe, expect, it } from 'vitest';
import { targetsOf } from '../loop/job-targets.js';
import { jobsOf } from '../loop/scrape-world.fixture.js';
import { globalUrl } from './global-url.js';
import { servedGroups } from './served-targets.js';

describe('served targets', () => {
  it('lead another scraper to the same URLs under the same labels', async () => {
    const yaml = `
scrape_configs:
  - job_name: a
    params: {module: [x, y]}
    metrics_path: /probe
    scheme: https
    bearer_token: HUSH
    static_configs: [{targets: ['h:1', 'h:2', 'h', '[::1]:9'], labels: {site: eu}}, {targets: ['h:3'], labels: {instance: own}}]`;
    const [job] = await jobsOf(yaml);
    const specs = (read: typeof job, groups: Parameters<typeof targetsOf>[1]) => [...targetsOf(read!, groups).active.values()];
    const discovery = job!.discoveries[0]!;
    const originals = specs(job, discovery.kind === 'static' ? discovery.groups : []);
    const served = servedGroups(originals);
    expect(served.map(({ targets }) => targets)).toEqual([['h:1', 'h:2', '[::1]:9'], ['h:443'], ['h:3']]);
    expect(served[0]?.labels).toEqual({ job: 'a', site: 'eu', __scheme__: 'https', __metrics_path__: '/probe', __param_module: 'x' });
    expect(JSON.stringify(served)).not.toContain('HUSH');

    const [other] = await jobsOf('scrape_configs: [{job_name: b, params: {module: [z, y]}}]');
    const groups = served.map(({ targets, labels }) => ({ targets: targets.map((address) => new Map([['__address__', address]])), labels: new Map(Object.entries(labels)) }));
    const again = specs(other, groups);
    const told = ({ url, labels }: (typeof again)[number]): unknown => [url.href, labels];
    expect(again.map(told).sort()).toEqual(originals.map(told).sort());
  });
});

describe('a global URL', () => {
  it.each([
    ['http://10.0.0.1:9/m', 'http://10.0.0.1:9/m'],
    ['http://localhost:7979/m?x=1', 'https://faultline.example/m?x=1'],
    ['http://127.0.0.1:9100/m', 'http://faultline.example:9100/m'],
    ['http://[::1]:9100/m', 'http://faultline.example:9100/m'],
  ])('%s is %s', (target, url) => {
    expect(globalUrl(new URL(target), { origin: 'https://faultline.example', port: 7979 })).toBe(url);
  });
});
