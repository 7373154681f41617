import { describe, expect, it } from 'vitest';
import { theOne } from './find-process.js';
import { ancestorsOf } from './kinship.js';
import { listenersOn } from './listening-sockets.js';
import type { ProcessEntry } from './process-table.js';
import { programNames } from './program-names.js';

const entry = (pid: number, argv: readonly string[], comm = argv[0]?.slice(0, 15) ?? ''): ProcessEntry => ({ pid, comm, argv, state: 'S', parentPid: 1, kernelThread: false, cpuTicks: 0, startTicks: '1' });

describe('programNames', () => {
  it.each<[readonly string[], string, readonly string[]]>([
    [['/usr/sbin/nginx', '-g', 'daemon off;'], 'nginx', ['nginx']],
    [['/usr/bin/node', '--max-old-space-size=64', '/srv/shop/server.js', '80'], 'node', ['node', 'server.js']],
    [['python3.11', '/opt/app/run.py'], 'python3.11', ['python3.11', 'run.py']],
    [['postgres: checkpointer '], 'postgres', ['postgres', 'postgres: checkpointer ']],
    [['/usr/bin/a-very-long-program-name'], 'a-very-long-pro', ['a-very-long-pro', 'a-very-long-program-name']],
    [[], 'kworker/0:1', ['kworker/0:1']],
  ])('%j is known as', (argv, comm, names) => expect(programNames({ argv, comm })).toEqual(names));
});

describe('theOne', () => {
  const ref = { by: 'name', name: 'nginx' } as const;
  it('is the only one', () => expect(theOne(ref, [entry(5, ['nginx'])])).toMatchObject({ ok: true, process: { pid: 5 } }));
  it('is never guessed: it lists what it found', () => {
    expect(theOne(ref, [entry(5, ['nginx', '-c', 'x']), entry(6, ['nginx'])])).toEqual({ ok: false, reason: '2 processes match nginx: 5 (nginx -c), 6 (nginx). Name one by its pid' });
    expect(theOne(ref, Array.from({ length: 20 }, (_, i) => entry(i + 2, ['nginx'])))).toMatchObject({ reason: expect.stringMatching(/^20 processes .*9 \(nginx\), \.\.\. *\. Name one/) });
  });
  it('may be nobody', () => expect(theOne({ by: 'pid', pid: 9 }, [])).toEqual({ ok: false, reason: 'no process matches pid 9' }));
});

describe('listenersOn', () => {
  const text = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1538 0100007F:A0A0 01 00000000:00000000 00:00000000 00000000     0        0 12346 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12347 1 0000000000000000 100 0 0 10 0
`;
  it('finds sockets that listen, not those that are connected', () => expect(listenersOn(5432, text)).toEqual(['12345']));
  it('knows small ports', () => expect(listenersOn(80, text)).toEqual(['12347']));
  it('finds nothing else', () => expect(listenersOn(8080, text)).toEqual([]));
});

describe('ancestorsOf', () => {
  it('goes up to the first process, and ends even on a table that was read while it changed', () => {
    expect([...ancestorsOf(5, [{ pid: 5, parentPid: 4 }, { pid: 4, parentPid: 1 }, { pid: 1, parentPid: 0 }])]).toEqual([5, 4, 1]);
    expect([...ancestorsOf(5, [{ pid: 5, parentPid: 4 }, { pid: 4, parentPid: 5 }])]).toEqual([5, 4]);
  });
});
