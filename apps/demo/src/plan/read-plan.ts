import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../http/json.js';
import { demoPlanSchema } from './demo-plan.js';
import type { DemoPlan } from './demo-plan.js';

export type ReadPlan = { readonly ok: true; readonly plan: DemoPlan } | { readonly ok: false; readonly problem: string };

export async function readPlan(file: string): Promise<ReadPlan> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { ok: false, problem: `the plan ${file} cannot be read (${error instanceof Error ? error.message : String(error)}): write one with \`plan\`` };
  }
  const parsed = demoPlanSchema.safeParse(parseJson(text));
  if (parsed.success) return { ok: true, plan: parsed.data };
  const problems = z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ');
  return { ok: false, problem: `${file} is not a demo plan: ${problems}. Write it with \`plan\` (it lies beside the agent's system file)` };
}
