import { describe, expect, it } from 'vitest';
import type { Identity } from './identity.js';
import { SessionEvents, concerns, type AccessEnd } from './session-events.js';

const identity: Identity = { principal: { id: 'u1', name: 'ada', role: 'viewer', via: 'session', readScope: [] }, grant: { kind: 'session', id: 's1', expiresAt: new Date(0) } };

describe('the end of an access', () => {
  it('concerns the session it names and everything of the user it names', () => {
    expect(concerns({ sessionId: 's1' }, identity)).toBe(true);
    expect(concerns({ userId: 'u1' }, identity)).toBe(true);
  });

  it('concerns nobody else, and never a session by the id of a token', () => {
    for (const end of [{ sessionId: 's2' }, { userId: 'u2' }, { tokenId: 's1' }]) expect(concerns(end, identity)).toBe(false);
  });

  it('is told to whoever subscribed, until they leave', () => {
    const events = new SessionEvents();
    const heard: AccessEnd[] = [];
    const leave = events.onEnd((end) => heard.push(end));
    events.announce({ userId: 'u1' });
    leave();
    events.announce({ userId: 'u2' });
    expect(heard).toEqual([{ userId: 'u1' }]);
  });
});
