const HOUR_MS = 3_600_000;

// One working day, so that nobody is thrown out during a game day, and a stolen cookie is worth nothing tomorrow.
export const SESSION_LIFE_MS = 12 * HOUR_MS;

// An abandoned browser. Watching the live picture counts as use: in the middle of an incident nobody may lose it.
export const SESSION_IDLE_MS = 2 * HOUR_MS;

// The resolution of "last used": one write a minute and session instead of one a request.
export const TOUCH_EVERY_MS = 60_000;

// A link travels through a chat and is used right away. The one that a start prints waits for whoever reads the terminal next.
export const LINK_LIFE_MS = 15 * 60_000;
export const START_LINK_LIFE_MS = 12 * HOUR_MS;

export const DAY_MS = 24 * HOUR_MS;

/** A session last used before this is over. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - SESSION_IDLE_MS);
}

export function after(now: Date, lifeMs: number): Date {
  return new Date(now.getTime() + lifeMs);
}
