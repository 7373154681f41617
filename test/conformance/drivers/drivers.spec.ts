import { beforeAll, describe, expect, it } from 'vitest';
import { AGENT_CASES } from './agent-cases.js';
import { AGENT_KINDS } from './agent-rigs.js';
import { DRIVER_CASES } from './driver-cases.js';
import type { DriverKind } from './rig.js';
import { DRIVER_KINDS, unavailableKinds, whyNoLab } from './rigs.js';
import type { KindReport } from './run-cases.js';
import { groupsOf, runAgentKind, runDriverKind } from './run-kind.js';

const LIMIT_MS = 900_000;
let unavailable: ReadonlyMap<string, string | null>;
let noLab: string | null;
beforeAll(async () => {
  unavailable = await unavailableKinds();
  noLab = await whyNoLab();
});

/** Runs what this machine allows and says aloud what it does not. */
async function hold<K extends string>(kinds: readonly K[], cases: number, run: (kind: K) => Promise<KindReport>): Promise<void> {
  for (const kind of kinds) {
    const reason = unavailable.get(kind) ?? null;
    if (reason !== null) {
      process.stdout.write(`driver conformance: ${kind} is unavailable here: ${reason}\n`);
      continue;
    }
    const { kept, broken, leftOut } = await run(kind);
    expect(broken).toEqual([]);
    expect(kept.length + leftOut.length).toBe(cases);
    expect(kept.length).toBeGreaterThan(0);
  }
}
/** A row of the table of tests is a list of arguments: the group is one. */
const rows = <K extends DriverKind | string>(kinds: readonly K[]): { readonly group: readonly K[]; readonly name: string }[] => groupsOf(kinds).map((group) => ({ group, name: group.join(', ') }));

// Side by side: the time goes by with waiting for connections that must not be answered.
describe('every driver that this machine allows keeps every promise', () => {
  it.concurrent.each(rows(DRIVER_KINDS))('$name', ({ group }) => hold(group, DRIVER_CASES.length, runDriverKind), LIMIT_MS);
});

describe('a whole agent keeps every promise with it', () => {
  it.concurrent.each(rows(AGENT_KINDS))('$name', ({ group }) => hold(group, AGENT_CASES.length, (kind) => runAgentKind(kind, noLab === null)), LIMIT_MS);
});
