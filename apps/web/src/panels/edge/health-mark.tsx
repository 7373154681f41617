import { HEALTH_COLOUR } from '../../model/palette.js';
import type { Health } from '../../model/world.js';

const HEALTH_TEXT: Readonly<Record<Health, string>> = { healthy: 'Healthy', degraded: 'Degraded', failing: 'Failing', idle: 'Idle' };

/** A health as shape and colour, the same shapes as in the picture: round dot, half ring, diamond, empty ring. */
export function HealthMark({ health, sizePx = 12 }: { readonly health: Health; readonly sizePx?: number }) {
  const colour = HEALTH_COLOUR[health];
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 12 12" role="img" aria-label={HEALTH_TEXT[health]} style={{ flex: 'none' }}>
      {health === 'healthy' && <circle cx="6" cy="6" r="4.5" fill={colour} />}
      {health === 'degraded' && (
        <>
          <circle cx="6" cy="6" r="4.5" fill="none" stroke={colour} strokeWidth="1.8" />
          <path d="M6 1.5a4.5 4.5 0 0 0 0 9z" fill={colour} />
        </>
      )}
      {health === 'failing' && <path d="M6 .5 11.5 6 6 11.5.5 6z" fill={colour} />}
      {health === 'idle' && <circle cx="6" cy="6" r="4" fill="none" stroke="var(--fl-dim)" strokeWidth="1.5" strokeDasharray="2 2" />}
    </svg>
  );
}

export function healthText(health: Health): string {
  return HEALTH_TEXT[health];
}
