import { describe, expect, it } from 'vitest';
import { freeId, ranQueries, rowsOf, runRows, withEmptyRow, withRow, withoutRow } from './query-rows.js';

const two = rowsOf([{ text: 'up', hidden: false }, { text: 'down', hidden: true }], 1);

describe('query rows', () => {
  it('are the queries of the address, as run', () => expect(ranQueries(two)).toEqual([{ text: 'up', hidden: false }, { text: 'down', hidden: true }]));
  it('keep what is typed to themselves until it is run', () => {
    const typed = withRow(two, 1, { text: 'up{' });
    expect(ranQueries(typed)[0]?.text).toBe('up');
    expect(ranQueries(runRows(typed))[0]?.text).toBe('up{');
  });
  it('leave blank ones out of what is run', () => expect(ranQueries(runRows(withEmptyRow(withRow(two, 2, { text: ' \n' }))))).toEqual([{ text: 'up', hidden: false }]));
  it('are never none', () => expect(withoutRow(rowsOf([], 5), 5)).toEqual([{ id: 6, text: '', hidden: false, ran: null }]));
  it('never share an id', () => expect([freeId(two), withEmptyRow(withoutRow(two, 1)).map(({ id }) => id)]).toEqual([3, [2, 3]]));
});
