import { describe, expect, it } from 'vitest';
import type { TypedProcess } from './read-process.js';
import { readProcess } from './read-process.js';

describe('readProcess', () => {
  it('reads the three ways to name a process', () => {
    expect([readProcess({ by: 'pid', text: ' 4711 ' }), readProcess({ by: 'name', text: 'nginx' }), readProcess({ by: 'port', text: '5432' })]).toEqual([
      { ok: true, process: { by: 'pid', pid: 4_711 } },
      { ok: true, process: { by: 'name', name: 'nginx' } },
      { ok: true, process: { by: 'port', port: 5_432 } },
    ]);
  });

  it.each<TypedProcess>([
    { by: 'pid', text: '' },
    { by: 'pid', text: '1' },
    { by: 'pid', text: 'nginx' },
    { by: 'name', text: '/usr/sbin/nginx' },
    { by: 'name', text: '' },
    { by: 'port', text: '70000' },
    { by: 'port', text: '80.5' },
  ])('asks again for %j', (typed) => expect(readProcess(typed)).toMatchObject({ ok: false, problem: expect.stringMatching(/^Enter/) }));
});
