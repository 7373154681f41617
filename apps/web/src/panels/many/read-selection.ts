import { selectionSchema } from '#contracts';
import type { Selection } from '#contracts';

/** What is typed about which targets, as text. */
export interface TypedSelection {
  readonly what: 'edges' | 'hosts';
  readonly source: string;
  readonly target: string;
  readonly protocol: string;
  readonly sourceRegion: string;
  readonly targetRegion: string;
  readonly agent: string;
  readonly pick: 'all' | 'count' | 'percent';
  readonly amount: string;
  readonly seed: number;
}

export const FIRST_SELECTION: TypedSelection = { what: 'edges', source: '', target: '', protocol: '', sourceRegion: '', targetRegion: '', agent: '', pick: 'all', amount: '', seed: 0 };

export type ReadSelection = { readonly ok: true; readonly selection: Selection } | { readonly ok: false; readonly problems: Readonly<Partial<Record<keyof TypedSelection, string>>> };

/** The selection that the typed text means, or what is wrong with it. What is empty matches everything. */
export function readSelection(typed: TypedSelection): ReadSelection {
  const amount = amountProblem(typed);
  if (amount !== null) return { ok: false, problems: { amount } };
  const checked = selectionSchema.safeParse({ selector: selectorOf(typed), pick: pickOf(typed), seed: typed.seed });
  if (checked.success) return { ok: true, selection: checked.data };
  // Paths are ['selector', name] or ['pick', amount].
  const problems = checked.error.issues.map(({ path, message }) => [path[0] === 'pick' ? 'amount' : String(path[1] ?? 'source'), `${message.charAt(0).toUpperCase()}${message.slice(1)}.`]);
  return { ok: false, problems: Object.fromEntries(problems) };
}

function selectorOf({ what, agent, ...typed }: TypedSelection): object {
  const said = what === 'hosts' ? { agent } : { source: typed.source, target: typed.target, protocol: typed.protocol, sourceRegion: typed.sourceRegion, targetRegion: typed.targetRegion };
  const filled = Object.entries(said).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text !== '');
  return { type: what, ...Object.fromEntries(filled) };
}

function pickOf({ pick, amount }: TypedSelection): object {
  return pick === 'all' ? { by: pick } : { by: pick, [pick]: numberOf(amount) };
}

function amountProblem({ pick, amount }: TypedSelection): string | null {
  const value = numberOf(amount);
  if (pick === 'count' && !(Number.isInteger(value) && value >= 1 && value <= 10_000)) return 'Enter a whole number, 1 or more.';
  if (pick === 'percent' && !(value > 0 && value <= 100)) return 'Enter above 0 to 100 %.';
  return null;
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
}
