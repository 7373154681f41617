import type { FaultView, Proof } from '#contracts';

interface ProofText {
  readonly verdict: Proof['verdict'] | 'waiting';
  readonly head: string;
  readonly text: string;
  /** How it was found out. */
  readonly how: string;
}

const HEADS: Readonly<Record<Proof['verdict'], string>> = { bites: '✓ Proven.', 'does-not-bite': '◆ It does not bite.', unproven: 'Not proven.' };

/** What the probe says about a fault; null where none was made and none is to come. */
export function proofText({ proof, state }: Pick<FaultView, 'proof' | 'state'>): ProofText | null {
  if (proof === null) return state === 'active' || state === 'applying' ? { verdict: 'waiting', head: 'Proof:', text: 'the agent has not probed it yet.', how: '' } : null;
  const head = HEADS[proof.verdict];
  if (proof.verdict === 'unproven') return { verdict: proof.verdict, head, text: sentence(proof.how), how: '' };
  return { verdict: proof.verdict, head, text: `Asked: ${proof.asked}. Got: ${proof.got === '' ? 'nothing measured' : proof.got}.`, how: sentence(`How: ${proof.how}`) };
}

function sentence(text: string): string {
  return text === '' || text.endsWith('.') ? text : `${text}.`;
}
