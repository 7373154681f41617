import { z } from 'zod';

const enrolledSchema = z.object({ agent: z.string(), secret: z.string() });
const ENROL_TIMEOUT_MS = 5_000;

export type Enrolled = { readonly ok: true; readonly agent: string; readonly secret: string } | { readonly ok: false; readonly problem: string };

/** Exchanges a single-use token for a secret of this agent's own. `server` is its ws(s) URL. */
export async function enrol(server: string, token: string, name: string): Promise<Enrolled> {
  const url = new URL('/api/agents/enrol', server.replace(/^ws/, 'http'));
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name }),
      signal: AbortSignal.timeout(ENROL_TIMEOUT_MS),
    });
    if (!answer.ok) return { ok: false, problem: `${url.href} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}` };
    const parsed = enrolledSchema.safeParse(await answer.json());
    return parsed.success ? { ok: true, ...parsed.data } : { ok: false, problem: `${url.href} answered something else than a credential` };
  } catch (error) {
    const { cause } = error as Error;
    return { ok: false, problem: `${url.href} cannot be reached: ${cause instanceof Error ? cause.message : (error as Error).message}` };
  }
}
