import { FAULT_KINDS, faultTargetSchema, unleasedFaultSchema } from '#contracts';
import type { FaultKind, UnleasedFault } from '#contracts';
import { z } from 'zod';
import { undoSchema } from '../faults/undo.js';

const kindSchema = z.enum(FAULT_KINDS as readonly [FaultKind, ...FaultKind[]]);
/** When it was written, for people who read the file. */
const writtenAtSchema = z.iso.datetime();

const entrySchema = z.strictObject({ undo: undoSchema, kind: kindSchema, target: faultTargetSchema, writtenAt: writtenAtSchema });
/** A fault that may act, with all that is needed to undo it. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/** One change a line. `unleased` replaces what was known of its proxy. The first line says which version the others are written in. */
const lineSchema = z.union([
  z.strictObject({ ledger: z.literal(2) }),
  z.strictObject({ add: entrySchema }),
  z.strictObject({ remove: z.uuid() }),
  z.strictObject({ proxy: z.string(), unleased: z.array(unleasedFaultSchema) }),
]);
type LedgerLine = z.infer<typeof lineSchema>;

const firstVersionSchema = z.strictObject({
  version: z.literal(1),
  entries: z.array(z.strictObject({ faultId: z.uuid(), kind: kindSchema, target: faultTargetSchema, writtenAt: writtenAtSchema })),
});

/** What a ledger says, folded. */
export interface LedgerContent {
  readonly entries: Map<string, LedgerEntry>;
  /** Faults without a lease, by the name of their proxy. */
  readonly unleased: Map<string, readonly UnleasedFault[]>;
}

export interface ParsedLedger {
  /** As much as could be understood. */
  readonly content: LedgerContent;
  /** Whether that is all. */
  readonly intact: boolean;
}

export function emptyContent(): LedgerContent {
  return { entries: new Map(), unleased: new Map() };
}

export function lineText(line: LedgerLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The shortest text that says the same. */
export function contentText({ entries, unleased }: LedgerContent): string {
  const adds = Array.from(entries.values(), (add) => lineText({ add }));
  const toxics = Array.from(unleased, ([proxy, faults]) => lineText({ proxy, unleased: [...faults] }));
  return [lineText({ ledger: 2 }), ...adds, ...toxics].join('');
}

/**
 * What follows the last line end was being written when the power went: nobody was told that it was safe, so nothing was applied on its word,
 * and the ledger is intact without it.
 */
export function parseLedger(text: string): ParsedLedger {
  const content = emptyContent();
  const lines = text.split('\n').slice(0, -1);
  let intact = lines[0] === lineText({ ledger: 2 }).trimEnd();
  for (const line of lines) {
    const parsed = lineSchema.safeParse(parseJson(line));
    if (parsed.success) fold(content, parsed.data);
    else intact = false;
  }
  return { content, intact };
}

/** The first version knew faults on proxied edges only, and was written as one piece. */
export function parseFirstVersion(text: string): ParsedLedger {
  const parsed = firstVersionSchema.safeParse(parseJson(text));
  if (!parsed.success) return { content: emptyContent(), intact: false };
  const entries = parsed.data.entries.map(({ faultId, ...entry }): [string, LedgerEntry] => [faultId, { undo: { driver: 'edge', faultId }, ...entry }]);
  return { content: { ...emptyContent(), entries: new Map(entries) }, intact: true };
}

function fold({ entries, unleased }: LedgerContent, line: LedgerLine): void {
  if ('add' in line) entries.set(line.add.undo.faultId, line.add);
  else if ('remove' in line) entries.delete(line.remove);
  else if ('proxy' in line && line.unleased.length > 0) unleased.set(line.proxy, line.unleased);
  else if ('proxy' in line) unleased.delete(line.proxy);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: the same as a wrong shape.
    return undefined;
  }
}
