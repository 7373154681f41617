import { readFile } from 'node:fs/promises';
import { agentSystemSchema, edgeKeyText, edgeLabel } from '#contracts';
import type { AgentSystem } from '#contracts';
import { z } from 'zod';
import { hostAndPort } from './proxy/sockets.js';

export type SystemResult = { readonly ok: true; readonly system: AgentSystem } | { readonly ok: false; readonly problem: string };

/** Reads the file that tells the agent what it stands beside. */
export async function readSystemFile(path: string): Promise<SystemResult> {
  try {
    const parsed = agentSystemSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!parsed.success) return { ok: false, problem: `The system file ${path} is not valid: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}` };
    const problem = proxyProblem(parsed.data);
    return problem === null ? { ok: true, system: parsed.data } : { ok: false, problem: `The system file ${path} is not valid: ${problem}.` };
  } catch (error) {
    return { ok: false, problem: `The system file ${path} cannot be read: ${(error as Error).message}. Set FAULTLINE_AGENT_SYSTEM to a JSON file.` };
  }
}

function proxyProblem({ proxies }: AgentSystem): string | null {
  const seen = new Set<string>();
  for (const { edge, listen, upstream } of proxies) {
    const key = edgeKeyText(edge);
    if (seen.has(key)) return `the edge ${edgeLabel(edge)} has two proxies`;
    seen.add(key);
    for (const address of [listen, upstream]) if (hostAndPort(address).port > 65_535) return `${address} of the edge ${edgeLabel(edge)} has no such port`;
  }
  return null;
}
