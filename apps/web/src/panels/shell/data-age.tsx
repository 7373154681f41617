import { useTick } from '../world/use-tick.js';
import { useLive } from '../world/world-context.js';
import { ageText } from './age-text.js';

/** How old the newest numbers are, by the server's clock. */
export function DataAge() {
  useTick(1_000);
  const { clock } = useLive();
  return <span>{ageText(clock.dataAgeMs())}</span>;
}
