import { describe, expect, it } from 'vitest';
import { FIRST_SELECTION, readSelection } from './read-selection.js';

describe('readSelection', () => {
  it('takes what is empty for everything', () => {
    expect(readSelection(FIRST_SELECTION)).toEqual({ ok: true, selection: { selector: { type: 'edges' }, pick: { by: 'all' }, seed: 0 } });
  });

  it('keeps what is filled in', () => {
    expect(readSelection({ ...FIRST_SELECTION, source: ' gateway-* ', protocol: 'http', targetRegion: 'eu', pick: 'percent', amount: '12,5', seed: 7 })).toEqual({
      ok: true,
      selection: { selector: { type: 'edges', source: 'gateway-*', protocol: 'http', targetRegion: 'eu' }, pick: { by: 'percent', percent: 12.5 }, seed: 7 },
    });
  });

  it('asks hosts for agents and nothing of edges', () => {
    expect(readSelection({ ...FIRST_SELECTION, what: 'hosts', source: 'left over', agent: 'db-*', pick: 'count', amount: '2' })).toMatchObject({ ok: true, selection: { selector: { type: 'hosts', agent: 'db-*' }, pick: { by: 'count', count: 2 } } });
  });

  it.each([
    ['count', ''],
    ['count', '0'],
    ['count', '1.5'],
    ['percent', '0'],
    ['percent', '101'],
    ['percent', 'half'],
  ] as const)('refuses to pick by %s of "%s"', (pick, amount) => {
    expect(readSelection({ ...FIRST_SELECTION, pick, amount })).toMatchObject({ ok: false, problems: { amount: expect.stringMatching(/^Enter/) } });
  });
});
