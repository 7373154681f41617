import { describe, expect, it } from 'vitest';
import { seeded } from '../random.js';
import { slowClose } from './slow-close.js';

describe('slow-close', () => {
  const rule = slowClose.compile({ delayMs: 100, stream: 'downstream', share: 1, sourceAddress: ['10.0.0.0/8'] }, seeded(1), 'tcp');

  it('delays the end of the streams that it is asked for', () => {
    const hit = rule.forConnection({ index: 0, sourceAddress: '10.0.0.1', isNew: false });
    expect(hit?.stage?.('downstream')?.end(5)).toEqual([{ type: 'end', atMs: 105 }]);
    expect(hit?.stage?.('upstream')).toBeNull();
  });

  it('leaves callers from elsewhere alone', () => {
    expect(rule.forConnection({ index: 0, sourceAddress: '11.0.0.1', isNew: false })).toBeNull();
  });
});
