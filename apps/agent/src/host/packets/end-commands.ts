import { COMMAND_MARKER } from '../commands.js';
import { endMarked } from '../processes/end-marked.js';

const GONE_WITHIN_MS = 2_000;

/** Ends what is left of an apply whose agent was killed, so that nothing is added after the undo has looked. */
export function endCommands(faultId: string): Promise<void> {
  return endMarked(COMMAND_MARKER, (mark) => mark === faultId, GONE_WITHIN_MS);
}
