import { describe, expect, it } from 'vitest';
import { databaseAddress, throughProxy } from './database-url.js';

describe('database url', () => {
  it.each([
    ['postgres://127.0.0.1/shop', '127.0.0.1:5432'],
    ['postgresql://u:p@db.example:6000/shop?sslmode=disable', 'db.example:6000'],
    ['postgres://u@[::1]:5433/shop', '[::1]:5433'],
  ])('reads the address of %s', (url, address) => {
    expect(databaseAddress(url)).toBe(address);
  });

  it.each(['', 'shop', 'http://127.0.0.1:5432/shop', 'postgres:///shop'])('knows no address in "%s"', (url) => {
    expect(databaseAddress(url)).toBeNull();
  });

  it('keeps account, database and options on the way through a proxy', () => {
    expect(throughProxy('postgres://u:p%40ss@db.example:6000/shop?sslmode=disable', '127.0.0.1:20001')).toBe('postgres://u:p%40ss@127.0.0.1:20001/shop?sslmode=disable');
    expect(throughProxy('postgres://db.example/shop', '127.0.0.1:20001')).toBe('postgres://127.0.0.1:20001/shop');
  });
});
