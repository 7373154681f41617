import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { databaseAddress } from '../database/database-url.js';
import { PLANNED_PORTS, buildPlan } from './build-plan.js';
import { freePorts } from './free-ports.js';

export const DEMO_PLAN_FILE = 'demo-plan.json';
const POLICY_FILE = 'policy.json';
const TARGETS_FILE = 'targets.json';

export interface WritePlanOptions {
  readonly out: string;
  readonly databaseUrl: string;
}

/** Writes the agent's system file to `out`, its policy, what can be scraped and the demo's own plan beside it. Gives the problem, or null when both are written. */
export async function writePlan({ out, databaseUrl }: WritePlanOptions): Promise<string | null> {
  const systemFile = resolve(out);
  const planFile = join(dirname(systemFile), DEMO_PLAN_FILE);
  const policyFile = join(dirname(systemFile), POLICY_FILE);
  const targetsFile = join(dirname(systemFile), TARGETS_FILE);
  if ([planFile, policyFile, targetsFile].includes(systemFile)) return `--out ${out} is where another file of the plan goes: name the system file otherwise, for example system.json`;
  const database = databaseAddress(databaseUrl);
  if (database === null) return '--database-url must look like postgres://user:password@host:5432/database';
  const ports = await freePorts(PLANNED_PORTS);
  if (ports.length < PLANNED_PORTS) return `the demo needs ${PLANNED_PORTS} free ports on 127.0.0.1 between 20000 and 31999, and only ${ports.length} are free`;
  const { system, policy, targets, demo } = buildPlan(ports, database);
  try {
    await mkdir(dirname(systemFile), { recursive: true });
    await writeFile(systemFile, `${JSON.stringify(system, null, 2)}\n`);
    await writeFile(policyFile, `${JSON.stringify(policy, null, 2)}\n`);
    await writeFile(targetsFile, `${JSON.stringify(targets, null, 2)}\n`);
    await writeFile(planFile, `${JSON.stringify(demo, null, 2)}\n`);
  } catch (error) {
    return `the plan cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
  return null;
}
