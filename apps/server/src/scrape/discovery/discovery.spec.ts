import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeNetwork, silence, textAnswer } from '../loop/scrape-world.fixture.js';
import { FakeClock, settled } from '../scrape-clock.fixture.js';
import type { TargetFinder } from './discovery.js';
import { DnsFinder } from './dns-finder.js';
import type { DnsRecord } from './dns-finder.js';
import { FileFinder } from './file-finder.js';
import { filesMatching } from './files-matching.js';
import { HttpFinder } from './http-finder.js';
import { PollingDiscovery } from './polling-discovery.js';
import { groupOfAddresses } from './target-group.js';
import type { TargetGroup } from './target-group.js';

const json = (...groups: unknown[]): string => JSON.stringify(groups);
const addresses = (groups: readonly TargetGroup[]): unknown => groups.map(({ targets }) => targets.map((target) => target.get('__address__')));

/** Says what a test puts there. */
class ScriptedFinder implements TargetFinder {
  looks = 0;
  closed = false;
  say: (signal: AbortSignal) => ReturnType<TargetFinder['find']> = () => Promise.resolve({ groups: [], problem: null });
  look: () => void = () => undefined;

  find(signal: AbortSignal): ReturnType<TargetFinder['find']> {
    this.looks++;
    return this.say(signal);
  }

  watch(look: () => void): void {
    this.look = look;
  }

  close(): void {
    this.closed = true;
  }

  finds(...hosts: string[]): void {
    this.say = () => Promise.resolve({ groups: [groupOfAddresses(hosts, new Map())], problem: null });
  }
}

describe('a discovery that looks again and again', () => {
  function started() {
    const [clock, finder] = [new FakeClock(), new ScriptedFinder()];
    const discovery = new PollingDiscovery(finder, 1_000, clock);
    const changes: unknown[] = [];
    const start = async (): Promise<void> => {
      discovery.start(() => changes.push(addresses(discovery.groups)));
      await settled();
    };
    return { clock, finder, discovery, changes, start };
  }

  it('tells of the first result, even of none, and then of changes only', async () => {
    const { clock, finder, changes, start } = started();
    await start();
    await clock.advance(1_000);
    finder.finds('a');
    await clock.advance(2_000);
    expect([finder.looks, changes]).toEqual([4, [[], [['a']]]]);
  });

  it('keeps the last result when a look fails, and knows since when', async () => {
    const { clock, finder, discovery, changes, start } = started();
    finder.finds('a');
    await start();
    finder.say = () => Promise.reject(new Error('away'));
    await clock.advance(3_000);
    expect(addresses(discovery.groups)).toEqual([['a']]);
    expect(discovery.problem).toEqual({ message: 'away', sinceMs: clock.wallMs() - 2_000 });
    finder.finds('a');
    await clock.advance(1_000);
    expect([discovery.problem, changes]).toEqual([null, [[['a']]]]);
  });

  it('is through with the first look when that fails', async () => {
    const { finder, discovery, changes, start } = started();
    finder.say = () => Promise.reject(new Error('away'));
    await start();
    expect([discovery.tried, changes]).toEqual([true, [[]]]);
  });

  it('gives up a look that takes as long as the interval', async () => {
    const { clock, finder, discovery, start } = started();
    finder.say = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    await start();
    await clock.advance(1_000);
    expect(discovery.problem?.message).toBe('no complete answer within 1000 ms');
    await clock.advance(1_000);
    expect(finder.looks).toBe(2);
  });

  it('looks soon when something may have changed, once for many hints', async () => {
    const { clock, finder, changes, start } = started();
    await start();
    finder.finds('a');
    for (let i = 0; i < 5; i++) finder.look();
    await clock.advance(100);
    expect([finder.looks, changes.at(-1)]).toEqual([2, [['a']]]);
  });

  it('says nothing of a look that ends after it was stopped', async () => {
    const { clock, finder, discovery, changes, start } = started();
    let answer: (found: Awaited<ReturnType<TargetFinder['find']>>) => void = () => undefined;
    finder.say = () => new Promise((resolve) => (answer = resolve));
    await start();
    discovery.stop();
    answer({ groups: [], problem: null });
    await settled();
    expect([changes, clock.pending]).toEqual([[], 0]);
  });

  it('ends when it is stopped', async () => {
    const { clock, finder, discovery, changes, start } = started();
    await start();
    discovery.stop();
    finder.look();
    await clock.advance(5_000);
    expect([finder.looks, finder.closed, changes.length, clock.pending]).toEqual([1, true, 1, 0]);
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-sd-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

  it('hold groups in JSON or YAML, and say where they come from', async () => {
    await write('a.json', json({ targets: ['h:1', 'h:2'], labels: { x: '1' } }));
    await write('b.yml', '- targets: [h:3]\n  labels: {port: 010}\n- targets: []\n');
    const { groups, problem } = await new FileFinder([join(folder, '*.json'), join(folder, 'b.yml')]).find();
    expect([problem, addresses(groups)]).toEqual([null, [['h:1', 'h:2'], ['h:3'], []]]);
    expect(groups.map(({ labels }) => [...labels])).toEqual([
      [['x', '1'], ['__meta_filepath', join(folder, 'a.json')]],
      [['port', '010'], ['__meta_filepath', join(folder, 'b.yml')]],
      [['__meta_filepath', join(folder, 'b.yml')]],
    ]);
  });

  it.each([
    ['[{"targets": ["h:1"]', /JSON/],
    [json({ targets: 'h:1' }), /0\.targets: /],
    [json({ targets: ['h:1'], labels: { x: 1 } }), /0\.labels\.x: must be a text/],
    [json({ target: ['h:1'] }), /target/],
    ['{}', /must be a list/],
    [json(null), /0: /],
  ])('that hold %s keep what they said before', async (text, problem) => {
    const finder = new FileFinder([join(folder, 'c.json')]);
    await write('c.json', json({ targets: ['h:1'] }));
    await finder.find();
    await write('c.json', text);
    const found = await finder.find();
    expect(addresses(found.groups)).toEqual([['h:1']]);
    expect(found.problem).toMatch(problem);
    expect(found.problem).toContain(join(folder, 'c.json'));
    await rm(join(folder, 'c.json'));
    expect(await finder.find()).toEqual({ groups: [], problem: null });
  });

  it('are watched, also in a folder that is put in place of another', async () => {
    const [place, next] = [join(folder, 'watched'), join(folder, 'next')];
    await Promise.all([mkdir(place), mkdir(next)]);
    const finder = new FileFinder([join(place, '*.json')]);
    let heard: () => void = () => undefined;
    const hear = (): Promise<void> => new Promise((resolve) => (heard = resolve));
    finder.watch(() => heard());
    await finder.find();
    const first = hear();
    await writeFile(join(place, 'a.json'), json({ targets: ['h:1'] }));
    await first;
    await writeFile(join(next, 'a.json'), json({ targets: ['h:2'] }));
    await rename(place, join(folder, 'old'));
    await rename(next, place);
    expect(addresses((await finder.find()).groups)).toEqual([['h:2']]);
    const second = hear();
    await writeFile(join(place, 'a.json'), json({ targets: ['h:3'] }));
    await second;
    finder.close();
  });

  it.each([
    ['*.json', ['a.json', 'ab.json']],
    ['a*.json', ['a.json', 'ab.json']],
    ['a.json', ['a.json']],
    ['*b*.json', ['ab.json']],
    ['ab*b.json', []],
  ])('match %s', async (pattern, names) => {
    const place = join(folder, 'match');
    await mkdir(place, { recursive: true });
    for (const name of ['a.json', 'ab.json', 'a.yml']) await writeFile(join(place, name), '[]');
    expect(await filesMatching(join(place, pattern))).toEqual(names.map((name) => join(place, name)));
  });
});

describe('a server of targets', () => {
  function asked() {
    const network = new FakeNetwork();
    const finder = new HttpFinder('http://sd/targets?x=1', 30_000, network.client());
    return { network, find: () => finder.find(new AbortController().signal) };
  }
  const answer = (text: string, contentType = 'application/json', status = 200) => () => textAnswer(text, { contentType, status });

  it('is asked as agreed, and gives all groups', async () => {
    const { network, find } = asked();
    network.says('sd', answer(json({ targets: ['h:1'], labels: { x: '1' } }, { targets: [] }), 'application/json; charset=utf-8'));
    const { groups } = await find();
    expect(addresses(groups)).toEqual([['h:1'], []]);
    expect([...groups[0]!.labels]).toEqual([['x', '1'], ['__meta_url', 'http://sd/targets?x=1']]);
    expect(network.requests[0]).toMatchObject({ url: new URL('http://sd/targets?x=1'), headers: { accept: 'application/json', 'x-prometheus-refresh-interval-seconds': '30' } });
  });

  it.each([
    [answer('[]', 'application/json', 503), 'server returned HTTP status 503 OK'],
    [answer('[]', 'text/html'), 'unsupported content type "text/html"'],
    [answer('[{"targets": [1]}]'), 'targets.0'],
    [answer('<html>'), 'JSON'],
    [answer('[null]'), '0: '],
  ])('fails as a whole (%#)', async (say, message) => {
    const { network, find } = asked();
    network.says('sd', say);
    await expect(find()).rejects.toThrow(message);
  });

  it('that does not answer is given up', async () => {
    const network = new FakeNetwork();
    network.says('sd', silence);
    const looking = new AbortController();
    const found = new HttpFinder('http://sd/', 30_000, network.client()).find(looking.signal);
    looking.abort(new Error('too long'));
    await expect(found).rejects.toThrow('too long');
  });
});

describe('names', () => {
  const records: Record<string, DnsRecord[] | Error> = {};
  const lookup = (name: string): Promise<DnsRecord[]> => {
    const found = records[name] ?? [];
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  };

  it('stand for the hosts and ports of their SRV records, in an order of their own', async () => {
    records['srv'] = [{ host: 'b.x', port: 2 }, { host: 'a.x', port: 1 }];
    const { groups } = await new DnsFinder({ names: ['srv'], type: 'SRV', port: 0 }, lookup).find();
    expect(groups.map(({ targets }) => targets.map((target) => Object.fromEntries(target)))).toEqual([
      [
        { __address__: 'a.x:1', __meta_dns_name: 'srv', __meta_dns_srv_record_target: 'a.x.', __meta_dns_srv_record_port: '1' },
        { __address__: 'b.x:2', __meta_dns_name: 'srv', __meta_dns_srv_record_target: 'b.x.', __meta_dns_srv_record_port: '2' },
      ],
    ]);
  });

  it('stand for addresses at the port that the job names', async () => {
    records['aaaa'] = [{ host: '::1', port: null }];
    records['mx'] = [{ host: 'mail.x', port: null }];
    expect(addresses((await new DnsFinder({ names: ['aaaa'], type: 'AAAA', port: 80 }, lookup).find()).groups)).toEqual([['[::1]:80']]);
    const { groups } = await new DnsFinder({ names: ['mx'], type: 'MX', port: 25 }, lookup).find();
    expect(groups[0]?.targets[0]?.get('__meta_dns_mx_record_target')).toBe('mail.x.');
  });

  it('without an answer keep what they were last known for', async () => {
    const finder = new DnsFinder({ names: ['x', 'y'], type: 'A', port: 80 }, lookup);
    records['x'] = [{ host: '10.0.0.1', port: null }];
    records['y'] = [{ host: '10.0.0.2', port: null }];
    await finder.find();
    records['x'] = new Error('SERVFAIL');
    records['y'] = [];
    const { groups, problem } = await finder.find();
    expect([addresses(groups), problem]).toEqual([[['10.0.0.1:80'], []], 'x: SERVFAIL']);
  });
});
