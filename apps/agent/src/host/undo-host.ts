import type { Undo } from '../faults/undo.js';
import type { Log } from '../log.js';
import type { RunCommand } from './commands.js';
import { undoNft } from './packets/undo-nft.js';
import { undoTc } from './packets/undo-tc.js';
import { undoProcess } from './processes/undo-process.js';
import { undoStress } from './stress/stress-processes.js';

/** Undoes whatever outlives an agent, from the undo alone: what drivers and watchdog have in common. Rejects when the target may not be clean. */
export async function undoHost(undo: Undo, run: RunCommand, log: Log): Promise<void> {
  switch (undo.driver) {
    case 'edge':
      return;
    case 'process':
      return undoProcess(undo);
    case 'stress':
      return undoStress(undo);
    case 'nft':
      return undoNft(undo, run, log);
    case 'tc':
      return undoTc(undo, run);
  }
}
