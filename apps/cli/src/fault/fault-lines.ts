import { targetLabel, type FaultView, type PreviewView, type UnleasedFaultView } from '#contracts';
import { summarizeFault } from '#faults';

/** One fault on one line: id, state, what, where, until when. */
export function faultLine(fault: FaultView): string {
  const until = fault.endsAt === null ? '' : `, until ${fault.endsAt}`;
  const end = fault.endReason === null ? '' : `, ${fault.endReason}`;
  const problem = fault.problem === null ? '' : `; ${fault.problem}`;
  return `${fault.id}  ${fault.state.padEnd(13)}  ${fault.spec.kind}: ${summarizeFault(fault.spec)}, on ${targetLabel(fault.target)}${until}${end}${problem}`;
}

export function unleasedLine({ agent, proxy, toxic }: UnleasedFaultView): string {
  const what = toxic === null ? 'disabled' : `${toxic.type} "${toxic.name}" on ${toxic.stream}`;
  return `(no lease)  ${what}, on the proxy ${proxy} of ${agent}; holds until it is removed`;
}

/** What the probe found, on one line; null before. */
export function proofLine({ proof }: FaultView): string | null {
  if (proof === null) return null;
  const measured = proof.got === '' ? proof.how : `asked ${proof.asked}, got ${proof.got}`;
  return { bites: `proven: ${measured}`, 'does-not-bite': `DOES NOT BITE: ${measured}`, unproven: `not proven: ${proof.how}` }[proof.verdict];
}

export function previewLines({ matched, picked, rounding, requestsPerSec }: PreviewView): string[] {
  const rows = picked.map(({ target, requestsPerSec: rate, refusal }) => {
    const traffic = rate === null ? '' : `  ${rate.toFixed(1)} requests/s`;
    return `  ${targetLabel(target)}${traffic}${refusal === null ? '' : `  would be refused: ${refusal}`}`;
  });
  return [`${matched} match; ${rounding}; ${requestsPerSec.toFixed(1)} requests/s would cross it:`, ...rows];
}
