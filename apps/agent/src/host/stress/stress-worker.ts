import { randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/**
 * The process that is the stress: `stress-worker.js cpu <percent>` or `stress-worker.js memory <MiB>`. It ends when its stdin closes, so with the
 * agent that started it, whatever happens to the agent. Once it works it prints how much memory it takes for itself, in MiB.
 */

// Short enough that a probe of a second sees the share and not the beat; also how long a closed stdin can go unnoticed.
const SLICE_MS = 50;
const CHUNK_MEBIBYTES = 16;
const PAGE_BYTES = 4_096;
const KEEP_EVERY_MS = 1_000;

function burn(percent: number): void {
  const endsAtMs = performance.now() + (SLICE_MS * percent) / 100;
  while (performance.now() < endsAtMs);
  setTimeout(() => burn(percent), (SLICE_MS * (100 - percent)) / 100);
}

/** Takes a chunk at a time, so that a closed stdin is noticed in between. */
function take(leftMebibytes: number, held: Buffer[]): void {
  if (leftMebibytes <= 0) return keep(held, 0);
  const mebibytes = Math.min(CHUNK_MEBIBYTES, leftMebibytes);
  // Random bytes: what is all the same could be merged or compressed away by the kernel.
  held.push(randomFillSync(Buffer.allocUnsafeSlow(mebibytes * 1024 * 1024)));
  setImmediate(() => take(leftMebibytes - mebibytes, held));
}

/** Touches a chunk at a time so that the kernel does not swap out what looks unused. */
function keep(held: readonly Buffer[], index: number): void {
  const chunk = held[index];
  if (chunk === undefined) return void setTimeout(() => keep(held, 0), KEEP_EVERY_MS);
  for (let at = 0; at < chunk.length; at += PAGE_BYTES) chunk[at] = (chunk[at] ?? 0) ^ 1;
  setImmediate(() => keep(held, index + 1));
}

/** When the host runs out, this process goes first (proc(5), oom_score_adj), not the one that is being tested. */
function dieFirst(): void {
  writeFileSync('/proc/self/oom_score_adj', '1000');
}

const [what, amount] = process.argv.slice(2);
for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => process.exit(0));
process.stdin.resume();
process.stdout.on('error', () => process.exit(0));
if (what === 'memory') dieFirst();
process.stdout.write(`${Math.round(process.memoryUsage.rss() / 1024 / 1024)}\n`);
if (what === 'memory') take(Number(amount), []);
else burn(Number(amount));
