import { basename } from 'node:path';
import type { ProcessEntry } from './process-table.js';

// Programs that run a script: people know the process by the script's name.
const INTERPRETER = /^(node|nodejs|bun|deno|python[\d.]*|ruby[\d.]*|perl[\d.]*|php[\d.]*|sh|bash|dash|zsh)$/;

/** What a person may call the process: the kernel's name, the program's, and the script's where one is run. */
export function programNames({ comm, argv }: Pick<ProcessEntry, 'comm' | 'argv'>): readonly string[] {
  const program = basename(argv[0] ?? '');
  const script = INTERPRETER.test(program) ? argv.slice(1).find((word) => !word.startsWith('-')) : undefined;
  return [...new Set([comm, program, basename(script ?? '')])].filter((name) => name !== '');
}
