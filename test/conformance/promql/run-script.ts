import { LoadedSeriesReader } from './loaded-series.js';
import { runCase } from './run-case.js';
import { parseScript } from './script-parser.js';
import type { Command } from './script-parser.js';

export interface CaseReport {
  readonly line: number;
  /** Empty for what could not be read or loaded. */
  readonly query: string;
  readonly floatOnly: boolean;
  /** Null: passed. */
  readonly problem: string | null;
}

/** Every case of a script in order, each on what was loaded before it. What cannot be read or loaded is a case that failed. */
export async function runScript(text: string): Promise<readonly CaseReport[]> {
  const reader = new LoadedSeriesReader();
  const reports: CaseReport[] = [];
  for (const command of parseScript(text)) {
    const report = await runCommand(command, reader);
    if (report !== null) reports.push(report);
  }
  return reports;
}

async function runCommand(command: Command, reader: LoadedSeriesReader): Promise<CaseReport | null> {
  switch (command.type) {
    case 'clear':
      reader.clear();
      return null;
    case 'load': {
      const problem = load(() => reader.load(command));
      return problem === null ? null : { line: command.line, query: '', floatOnly: false, problem };
    }
    case 'eval':
      return { line: command.line, query: command.query, floatOnly: command.floatOnly, problem: await runCase(command, reader) };
    case 'unreadable':
      return { line: command.line, query: '', floatOnly: false, problem: command.problem };
  }
}

function load(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
