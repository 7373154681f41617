import { describe, expect, it } from 'vitest';
import type { Identity } from './identity.js';
import { RecentIdentities } from './recent-identities.js';
import { SessionEvents } from './session-events.js';

const identity: Identity = { principal: { id: 'u1', name: 'ada', role: 'viewer', via: 'session', readScope: [] }, grant: { kind: 'session', id: 's1', expiresAt: new Date(1_000) } };
const credentials = { cookie: 'other=1; faultline_session=secret' };

describe('remembered identities', () => {
  it('are found by the same credential only', () => {
    const recent = new RecentIdentities(new SessionEvents());
    recent.remember(credentials, identity, 0);
    expect(recent.recall({ cookie: 'faultline_session=secret' }, 0)).toBe(identity);
    expect(recent.recall({ cookie: 'faultline_session=secret2' }, 0)).toBeNull();
    expect(recent.recall({ authorization: 'Bearer secret' }, 0)).toBeNull();
    expect(recent.recall({}, 0)).toBeNull();
  });

  it('end with their session', () => {
    const recent = new RecentIdentities(new SessionEvents());
    recent.remember(credentials, identity, 0);
    expect(recent.recall(credentials, 1_000)).toBeNull();
  });

  it('are forgotten when the access ends', () => {
    const events = new SessionEvents();
    const recent = new RecentIdentities(events);
    recent.remember(credentials, identity, 0);
    events.announce({ userId: 'u1' });
    expect(recent.recall(credentials, 0)).toBeNull();
  });
});
