import { describe, expect, it } from 'vitest';
import { AGENT_PROTOCOL } from '#contracts';
import { readMessage } from './read-message.js';

describe('a message of an agent', () => {
  it('is taken when it has its shape', () => {
    expect(readMessage('{"type":"renew","faultIds":[]}')).toEqual({ type: 'renew', faultIds: [] });
  });

  it('is refused with why, and where, when it has not', () => {
    expect(readMessage('{')).toContain('not JSON');
    expect(readMessage('null')).toContain('malformed at its top');
    expect(readMessage('{"type":"renew","faultIds":[1]}')).toContain('malformed at faultIds.0');
  });

  it('that is a hello of another protocol is told which side to update, whatever else it lacks', () => {
    expect(readMessage(JSON.stringify({ type: 'hello', protocol: AGENT_PROTOCOL - 1, version: '0.1' }))).toContain('update the agent');
    expect(readMessage(JSON.stringify({ type: 'hello', protocol: AGENT_PROTOCOL + 1, galaxies: [] }))).toContain('update the server');
  });
});
