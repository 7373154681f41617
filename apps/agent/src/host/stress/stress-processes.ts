import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endMarked } from '../processes/end-marked.js';
import { processesMarked } from '../processes/process-table.js';
import type { ProcessStat } from '../processes/process-stat.js';

export type StressWork = { readonly what: 'cpu'; readonly percent: number } | { readonly what: 'memory'; readonly mebibytes: number };

/** By this in its environment anyone finds a stress process, and the fault that it belongs to. */
const STRESS_MARKER = 'FAULTLINE_STRESS';
const WORKER = fileURLToPath(new URL('./stress-worker.js', import.meta.url));
const STARTS_WITHIN_MS = 10_000;
const GONE_WITHIN_MS = 5_000;

/**
 * Resolves when the process works, with the memory in MiB that it takes for itself; rejects when it ends first. Its stdin is held open by this
 * process and closes with it.
 */
export function startStress(faultId: string, work: StressWork, onEnd: (how: string) => void): Promise<number> {
  const amount = work.what === 'cpu' ? work.percent : work.mebibytes;
  const child = spawn(process.execPath, [WORKER, work.what, String(amount)], { env: { [STRESS_MARKER]: faultId }, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`a stress process ${why} before it worked`));
    const late = setTimeout(() => fail(`needed more than ${STARTS_WITHIN_MS} ms`), STARTS_WITHIN_MS);
    child.stdout.once('data', (line: Buffer) => {
      clearTimeout(late);
      resolve(Number(line));
    });
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('close', (code, signal) => {
      clearTimeout(late);
      fail(`ended with ${signal ?? code}`);
      onEnd(String(signal ?? code));
    });
  });
}

/** Those of the fault that are alive, whoever started them. */
export async function stressProcesses(faultId: string): Promise<readonly ProcessStat[]> {
  return (await processesMarked(STRESS_MARKER)).filter(({ mark }) => mark === faultId);
}

/** Ends every stress process of the fault and waits until they are gone; rejects when one stays. */
export function undoStress({ faultId }: { readonly faultId: string }): Promise<void> {
  return endMarked(STRESS_MARKER, (mark) => mark === faultId, GONE_WITHIN_MS);
}

/** Ends those of all faults; says what there was. */
export async function sweepStress(): Promise<readonly string[]> {
  const found = (await processesMarked(STRESS_MARKER)).map(({ pid, mark }) => `stress process ${pid} of the fault ${mark}`);
  await endMarked(STRESS_MARKER, () => true, GONE_WITHIN_MS);
  return found;
}
