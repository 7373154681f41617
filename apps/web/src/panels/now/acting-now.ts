import type { AgentHoldingsView, FaultView, FaultsNowView, Holding } from '#contracts';

/** A fault with what its agent says about it. */
export interface ActingFault {
  readonly fault: FaultView;
  /** Null while the agent does not say that it holds it. */
  readonly holding: Holding | null;
  readonly agent: AgentHoldingsView | null;
}

/** What an agent holds and the server does not count as a live fault. */
export interface Leftover {
  readonly holding: Holding;
  readonly agent: AgentHoldingsView;
}

export interface ActingNow {
  readonly acting: readonly ActingFault[];
  /** Residue from before an agent's start, and what only an agent knows of. */
  readonly leftovers: readonly Leftover[];
}

/** Brings together what the server and the agents know of the same faults. Failed reverts come first. */
export function actingNow({ faults, agents }: FaultsNowView): ActingNow {
  const held = agents.flatMap((agent) => agent.holdings.map((holding): Leftover => ({ holding, agent })));
  const known = new Set(faults.map(({ id }) => id));
  const acting = faults.map((fault): ActingFault => {
    const holds = held.find(({ holding }) => holding.faultId === fault.id);
    return { fault, holding: holds?.holding ?? null, agent: holds?.agent ?? agents.find(({ agent }) => agent === fault.agent) ?? null };
  });
  return {
    acting: acting.sort((a, b) => Number(isGrave(b)) - Number(isGrave(a))),
    leftovers: held.filter(({ holding }) => !known.has(holding.faultId)),
  };
}

/** The target may stay faulted until a person does something. */
export function isGrave({ fault, holding }: ActingFault): boolean {
  return fault.state === 'revert-failed' || holding?.state === 'revert-failed' || holding?.state === 'residue';
}

export interface CleanWord {
  readonly text: string;
  /** Every agent is there and says that it holds nothing. */
  readonly certain: boolean;
}

/** Whether every target is clean, by whose word. Only to be asked when nothing acts and nothing holds. */
export function cleanWord(agents: readonly AgentHoldingsView[]): CleanWord {
  const away = agents.filter(({ connected }) => !connected).map(({ agent }) => agent);
  const unheard = agents.filter(({ connected, heardAt }) => connected && heardAt === null).map(({ agent }) => agent);
  if (agents.length === 0) return { certain: false, text: 'No agent is enrolled, so nothing can be faulted through Faultline.' };
  if (away.length > 0) return { certain: false, text: `Nothing is known to act, but ${away.join(', ')} ${away.length === 1 ? 'is' : 'are'} away and cannot say so. An agent lets go of every leased fault by itself when it hears nothing.` };
  if (unheard.length > 0) return { certain: false, text: `Nothing is known to act. ${unheard.join(', ')} ${unheard.length === 1 ? 'has' : 'have'} not yet said what ${unheard.length === 1 ? 'it holds' : 'they hold'}.` };
  return { certain: true, text: agents.length === 1 ? 'The agent says that it holds nothing.' : `All ${agents.length} agents say that they hold nothing.` };
}
