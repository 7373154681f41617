import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, createFaultSchema, createSelectedSchema, previewSchema, type FaultGroupView, type FaultView, type PreviewView, type Topology } from '#contracts';
import { z } from 'zod';
import type { ServerApi } from '../api/server-api.js';
import { APPLY_USAGE, type ApplyOptions, type ApplyTarget } from './apply-options.js';
import { faultLine, previewLines, proofLine } from './fault-lines.js';
import { findEdge } from './find-edge.js';

/** The fault was applied and its probe found no effect. */
export const EXIT_DOES_NOT_BITE = 3;
const PROOF_WITHIN_MS = 6_000;
const ASK_EVERY_MS = 100;

type Print = (line: string) => void;
type SingleTarget = Exclude<ApplyTarget, { type: 'selection' }>;

/** Starts one fault, or one for each selected target, says what came of it, and gives the exit code. */
export async function applyFault(api: ServerApi, options: ApplyOptions, print: Print): Promise<number> {
  const { target } = options;
  return target.type === 'selection' ? applySelected(api, { options, target, print }) : applySingle(api, { options, target, print });
}

async function applySingle(api: ServerApi, { options, target, print }: { options: ApplyOptions; target: SingleTarget; print: Print }): Promise<number> {
  const { fault, durationMs, overlap } = options;
  const at = target.type === 'edge' ? { type: 'edge', edge: findEdge(target.text, await api.get<Topology>('/api/topology')) } : target;
  const request = checked(createFaultSchema, { target: at, fault, durationMs, overlap });
  const started = await api.post<FaultView>('/api/faults', request);
  if (!options.json) print(faultLine(started));
  const proven = await untilProven(api, started);
  print(options.json ? JSON.stringify(proven) : (proofLine(proven) ?? `not proven: the probe has not ended within ${PROOF_WITHIN_MS} ms`));
  return proven.proof?.verdict === 'does-not-bite' ? EXIT_DOES_NOT_BITE : 0;
}

async function applySelected(api: ServerApi, { options, target, print }: { options: ApplyOptions; target: Extract<ApplyTarget, { type: 'selection' }>; print: Print }): Promise<number> {
  const { fault, durationMs, overlap, json } = options;
  const asked = { selection: target.selection, fault, overlap };
  if (target.previewOnly) {
    const preview = await api.post<PreviewView>('/api/faults/preview', checked(previewSchema, asked));
    for (const line of json ? [JSON.stringify(preview)] : previewLines(preview)) print(line);
    return 0;
  }
  const group = await api.post<FaultGroupView>('/api/faults/selected', checked(createSelectedSchema, { ...asked, durationMs }));
  for (const line of json ? [JSON.stringify(group)] : [`${group.rounding}; started:`, ...group.faultIds.map((id) => `  ${id}`)]) print(line);
  return 0;
}

/** The request with its defaults; wrong parameters are told here, by their names, before anything is sent. */
function checked<T>(schema: z.ZodType<T>, request: unknown): T {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
  throw new AppError('USAGE_INVALID', { problem, usage: APPLY_USAGE });
}

async function untilProven(api: ServerApi, started: FaultView): Promise<FaultView> {
  let fault = started;
  for (const endsAtMs = performance.now() + PROOF_WITHIN_MS; fault.proof === null && fault.state === 'active' && performance.now() < endsAtMs; ) {
    await sleep(ASK_EVERY_MS);
    fault = await api.get<FaultView>(`/api/faults/${started.id}`);
  }
  return fault;
}
