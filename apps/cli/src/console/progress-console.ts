import type { Writable } from 'node:stream';

export interface ProgressConsole {
  /** One line: seconds since the start of the program, which part, what happened. */
  step(part: string, text: string): void;
  /** A line of its own, as it is. */
  line(text: string): void;
}

/** As wide as the longest part, so that the texts stand below each other. */
const PART_WIDTH = 8;

/** Plain lines, the same in a terminal and in a log file. */
export function createConsole(out: Writable): ProgressConsole {
  // The terminal or the pipe may go before we do (`npm start | head`, a closed window): what runs must not fall over a lost line.
  out.on('error', () => undefined);
  const line = (text: string): void => void out.write(`${text}\n`);
  return { line, step: (part, text) => line(`${process.uptime().toFixed(1).padStart(6)} s  ${part.padEnd(PART_WIDTH)}  ${text}`) };
}
