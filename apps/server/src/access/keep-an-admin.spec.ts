import { describe, expect, it } from 'vitest';
import { keepAnAdmin } from './keep-an-admin.js';

describe('keeping an admin', () => {
  it('refuses to lose the only one', () => {
    expect(() => keepAnAdmin({ id: 'a', role: 'admin' }, ['a'])).toThrow('The last admin cannot be removed.');
  });

  it('lets one of two go, and anybody who is none', () => {
    expect(() => keepAnAdmin({ id: 'a', role: 'admin' }, ['a', 'b'])).not.toThrow();
    expect(() => keepAnAdmin({ id: 'v', role: 'viewer' }, ['a'])).not.toThrow();
  });
});
