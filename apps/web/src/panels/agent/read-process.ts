import { processRefSchema } from '#contracts';
import type { ProcessRef } from '#contracts';

/** How a process is named, as text. */
export interface TypedProcess {
  readonly by: ProcessRef['by'];
  readonly text: string;
}

export const FIRST_PROCESS: TypedProcess = { by: 'name', text: '' };

export type ReadProcess = { readonly ok: true; readonly process: ProcessRef } | { readonly ok: false; readonly problem: string };

const ASK: Readonly<Record<ProcessRef['by'], string>> = {
  pid: 'Enter a process id, 2 to 4\u202f194\u202f304.',
  name: 'Enter the name of a program, without a path.',
  port: 'Enter a port, 1 to 65\u202f535.',
};

/** The process that the typed text names, or what to enter. */
export function readProcess({ by, text }: TypedProcess): ReadProcess {
  const value = text.trim();
  const checked = processRefSchema.safeParse({ by, [by]: by === 'name' ? value : value === '' ? Number.NaN : Number(value) });
  return checked.success ? { ok: true, process: checked.data } : { ok: false, problem: ASK[by] };
}
