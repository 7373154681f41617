import { describe, expect, it } from 'vitest';
import { EMPTY_WORLD, quietRate } from '../../model/empty-world.js';
import type { World } from '../../model/world.js';
import { parseFlatSearch, writeFlatSearch } from './flat-search.js';
import { parseLiveSearch, selectionOf, withSelection } from './live-search.js';

const WORLD: World = {
  ...EMPTY_WORLD,
  nodes: new Map([
    [1, { id: 1, name: 'gateway-eu', kind: 'service', region: 0 }],
    [2, { id: 2, name: 'catalog', kind: 'service', region: 0 }],
  ]),
  edges: new Map([[7, { id: 7, source: 1, target: 2, key: { source: 'gateway-eu', target: 'catalog', protocol: 'http' }, stale: false, totalRequests: 0, now: quietRate(1), history: [] }]]),
};

describe('the address of the Live screen', () => {
  it('reads what it wrote', () => {
    const search = parseLiveSearch({ edge: 'gateway-eu>catalog/http', view: 'table', q: 'a b&c=d', sort: '-p99' });
    expect(parseLiveSearch(parseFlatSearch(writeFlatSearch({ ...search })))).toEqual(search);
  });

  it('keeps an edge readable', () => {
    expect(writeFlatSearch({ edge: 'gateway-eu>catalog/http' })).toBe('?edge=gateway-eu%3Ecatalog/http');
    expect(writeFlatSearch({})).toBe('');
  });

  it('selects many or one, never both', () => {
    expect(parseLiveSearch({ many: 'yes', from: 'gateway-*', to: 'cat*' })).toEqual({ many: 'yes', from: 'gateway-*', to: 'cat*' });
    expect(parseLiveSearch({ many: 'yes', from: 'x', edge: 'a>b/tcp' })).toEqual({ edge: 'a>b/tcp' });
    expect(parseLiveSearch({ from: 'x' })).toEqual({});
  });

  it('drops what it does not know and takes an edge before a node', () => {
    expect(parseLiveSearch({ view: 'graph', flat: 'maybe', edge: 'a>b/tcp', node: 'a', other: 1 })).toEqual({ edge: 'a>b/tcp' });
  });
});

describe('selectionOf', () => {
  it('finds edges and nodes by name', () => {
    expect(selectionOf(WORLD, { edge: 'gateway-eu>catalog/http' })).toEqual({ kind: 'edge', id: 7 });
    expect(selectionOf(WORLD, { node: 'catalog' })).toEqual({ kind: 'node', id: 2 });
  });

  it('is null for what is not there', () => {
    expect(selectionOf(WORLD, { edge: 'gateway-eu>catalog/tcp' })).toBeNull();
    expect(selectionOf(WORLD, {})).toBeNull();
  });
});

describe('withSelection', () => {
  it('replaces the selection, keeps the view and closes the comparison', () => {
    const search = withSelection(WORLD, { node: 'catalog', view: 'table', fault: 'f' }, { kind: 'edge', id: 7 });
    expect(search).toEqual({ view: 'table', edge: 'gateway-eu>catalog/http' });
    expect(withSelection(WORLD, search, null)).toEqual({ view: 'table' });
    expect(withSelection(WORLD, { many: 'yes', to: 'x' }, null)).toEqual({});
  });
});
