import { describe, expect, it } from 'vitest';
import { trafficText } from './traffic-text.js';

describe('trafficText', () => {
  it('rounds what is measured', () => expect(trafficText(12.04)).toBe('The edge carries about 12 req/s.'));
  it('warns when nothing would be hit', () => expect(trafficText(0)).toContain('there may be nothing to see'));
  it('does not invent a rate', () => expect(trafficText(null)).toContain('not known'));
});
