import { describe, expect, it } from 'vitest';
import { countedPackets, foreignRules, parseOwnTables } from './nft-tables.js';

const FOREIGN = 'table ip nat {\n\tchain postrouting {\n\t\ttype nat hook postrouting priority srcnat; policy accept;\n\t}\n}\n';
const OWN = 'table inet faultline_ab12cd34 {\n\tcomment "Faultline fault ab12cd34-0000-4000-8000-000000000001"\n\tchain hit {\n\t\tcounter drop\n\t}\n}\n';

describe('a rule set', () => {
  it('is the same without our tables, wherever they stand', () => {
    expect([OWN + FOREIGN, FOREIGN + OWN, FOREIGN].map(foreignRules)).toEqual([FOREIGN, FOREIGN, FOREIGN]);
  });

  it('tells our tables by name and comment', () => {
    const pretender = 'table inet faultline_00000000 {\n\tchain hit {\n\t}\n}\n';
    expect(parseOwnTables(FOREIGN + OWN + pretender)).toEqual([{ table: 'faultline_ab12cd34', faultId: 'ab12cd34-0000-4000-8000-000000000001' }]);
  });

  it('has counters, which add up', () => {
    const rule = (packets: number): object => ({ rule: { expr: [{ match: {} }, { counter: { packets, bytes: 1 } }, { drop: null }] } });
    expect(countedPackets(JSON.stringify({ nftables: [{ metainfo: {} }, rule(2), rule(3), { chain: {} }] }))).toBe(5);
  });
});
