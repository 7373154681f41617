import type { Capability, FaultKind } from '#contracts';

export interface CapabilityRow {
  readonly kind: FaultKind;
  readonly whyNot: string | null;
}

/** Every kind this page knows, with why the agent cannot carry it out; a kind that the agent does not name is unknown to it. */
export function capabilityRows(capabilities: readonly Capability[], kinds: readonly FaultKind[]): readonly CapabilityRow[] {
  const said = new Map(capabilities.map(({ kind, unavailable }) => [kind, unavailable]));
  return kinds.map((kind) => {
    const unavailable = said.get(kind);
    return { kind, whyNot: unavailable === undefined ? 'This agent is too old to know it.' : unavailable };
  });
}
