import { readFile } from 'node:fs/promises';
import { agentPolicySchema } from '#contracts';
import type { AgentPolicy } from '#contracts';
import { z } from 'zod';

/** What the owner of this host allows. `file` is null when nobody wrote it down. */
export interface HostPolicy {
  readonly file: string | null;
  readonly rules: AgentPolicy;
}
export type PolicyResult = { readonly ok: true; readonly policy: HostPolicy } | { readonly ok: false; readonly problem: string };

/** Reads the policy file, or gives what holds without one: faults on proxied edges and nothing else. A wrong file is a problem, never a wider policy. */
export async function readPolicy(path: string | null): Promise<PolicyResult> {
  if (path === null) return { ok: true, policy: { file: null, rules: agentPolicySchema.parse({}) } };
  try {
    const parsed = agentPolicySchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return { ok: true, policy: { file: path, rules: parsed.data } };
    return { ok: false, problem: `The policy file ${path} is not valid: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}` };
  } catch (error) {
    return { ok: false, problem: `The policy file ${path} cannot be read: ${(error as Error).message}. Set FAULTLINE_AGENT_POLICY to a JSON file, or leave it out to allow faults on proxied edges only.` };
  }
}
