import { describe, expect, it } from 'vitest';
import { parseDevice, parseLeaf } from './tc-device.js';

describe('parseDevice', () => {
  it('knows what the kernel put there by itself', () => {
    expect(parseDevice('qdisc pfifo_fast 0: root refcnt 2 bands 3 priomap 1 2 2\n', '', '')).toMatchObject({ rootKind: 'pfifo_fast', rootHandle: '0:' });
    expect(parseDevice('qdisc mq 0: root \nqdisc fq_codel 0: parent :2 limit 10240p\nqdisc fq_codel 0: parent :1 limit 10240p\n', '', '')).toMatchObject({ rootKind: 'mq', rootHandle: '0:' });
    expect(parseDevice('qdisc noqueue 0: root refcnt 2 \n', '', '')).toMatchObject({ rootHandle: '0:' });
  });

  it('knows a root that somebody made, and ours with its classes', () => {
    expect(parseDevice('qdisc htb 8001: root refcnt 2 r2q 10\n', '', '')).toMatchObject({ rootKind: 'htb', rootHandle: '8001:' });
    const ours = parseDevice('qdisc htb fa17: root refcnt 3 r2q 10\nqdisc tbf fa18: parent fa17:101\n', 'class htb fa17:1 root prio 0\nclass htb fa17:101 root leaf fa18: prio 0\nclass tbf fa18:1 parent fa18: \n', '');
    expect(ours).toMatchObject({ rootHandle: 'fa17:', classes: ['fa17:1', 'fa17:101', 'fa18:1'] });
  });

  it('takes neither reference counts nor the way in for a change', () => {
    const before = parseDevice('qdisc pfifo_fast 0: root refcnt 2 bands 3\n', '', '');
    const after = parseDevice('qdisc pfifo_fast 0: root refcnt 5 bands 3\nqdisc ingress ffff: parent ffff:fff1 ----------------\n', '', '');
    expect(after.snapshot).toBe(before.snapshot);
    expect(parseDevice('qdisc pfifo_fast 0: root refcnt 2 bands 4\n', '', '').snapshot).not.toBe(before.snapshot);
  });
});

describe('parseLeaf', () => {
  const root = { kind: 'htb', handle: 'fa17:', packets: 9 };
  it('reads the counters of the fault', () => {
    expect(parseLeaf(JSON.stringify([root, { kind: 'tbf', handle: 'fa18:', packets: 7, drops: 1, overlimits: 3 }]))).toEqual({ packets: 7, drops: 1, overlimits: 3 });
  });
  it('has none without our root or its leaf', () => {
    expect([[], [root], [{ kind: 'tbf', handle: 'fa18:' }]].map((qdiscs) => parseLeaf(JSON.stringify(qdiscs)))).toEqual([null, null, null]);
  });
});
