import { FAULT_KINDS, FAULT_PARAMS, targetTypeOf } from '#contracts';
import type { AgentView, FaultKind, Protocol, TargetType } from '#contracts';
import { FAULTS } from '#faults';

/** What was clicked, as far as it decides which kinds can act there. */
export interface KindScope {
  readonly targets: readonly TargetType[];
  /** Null where edges of any protocol may be meant. */
  readonly protocol: Protocol | null;
  /** The agents that may have to carry it out. */
  readonly agents: readonly AgentView[];
}

export interface KindOption {
  readonly kind: FaultKind;
  readonly title: string;
  readonly imitates: string;
  readonly group: string;
  /** Why it cannot be used here; null when it can. */
  readonly whyNot: string | null;
}

/** The kinds that act on what was clicked, in the order of the contracts. Those that cannot act here and now stay in the list and say why. */
export function kindOptions({ targets, protocol, agents }: KindScope): readonly KindOption[] {
  return FAULT_KINDS.filter((kind) => targets.includes(targetTypeOf(kind))).map((kind) => ({
    kind,
    title: FAULTS[kind].title,
    imitates: FAULTS[kind].imitates,
    group: groupOf(kind),
    whyNot: wrongProtocol(kind, protocol) ?? unavailableText(kind, agents),
  }));
}

/** Read off the parameters: what a kind can be narrowed by tells what it acts on. */
function groupOf(kind: FaultKind): string {
  const { shape } = FAULT_PARAMS[kind];
  if (targetTypeOf(kind) === 'process') return 'A process';
  if (targetTypeOf(kind) === 'host') return 'transport' in shape ? 'Packets of the host' : 'The host itself';
  return 'match' in shape ? 'Requests' : 'Connections';
}

/** The protocols on which a kind acts; null for kinds that act on no edge. */
function protocolsOf(kind: FaultKind): readonly Protocol[] | null {
  const definition = FAULTS[kind];
  return 'protocols' in definition ? definition.protocols : null;
}

function wrongProtocol(kind: FaultKind, protocol: Protocol | null): string | null {
  const protocols = protocolsOf(kind);
  if (protocol === null || protocols === null || protocols.includes(protocol)) return null;
  return `${FAULTS[kind].title} acts on ${protocols.join(' and ')} edges; this one is ${protocol}.`;
}

/** Which agent carries an edge is known to the server alone, so a kind is out only when no agent can carry it out. */
function unavailableText(kind: FaultKind, agents: readonly AgentView[]): string | null {
  const said = agents.filter(({ capabilities }) => capabilities.length > 0).map(({ name, capabilities }) => ({ name, capability: capabilities.find((known) => known.kind === kind) }));
  if (said.length === 0 || said.some(({ capability }) => capability?.unavailable === null)) return null;
  const namesByReason = new Map<string, readonly string[]>();
  for (const { name, capability } of said) {
    const reason = capability?.unavailable ?? 'this agent is too old to know it';
    namesByReason.set(reason, [...(namesByReason.get(reason) ?? []), name]);
  }
  return [...namesByReason].map(([reason, names]) => `${names.join(', ')}: ${reason}`).join('; ');
}

/** Options whose title, kind or description holds every word of `text`, case aside; an empty text finds all. */
export function searchKinds(options: readonly KindOption[], text: string): readonly KindOption[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return options.filter(({ title, imitates, kind, group }) => {
    const said = `${title} ${kind} ${imitates} ${group}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
