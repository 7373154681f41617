import { useQuery } from '@tanstack/react-query';
import type { AgentView } from '#contracts';
import { listAgents } from '../../api/agents.js';

export const AGENTS_KEY = ['agents'] as const;
const NONE: readonly AgentView[] = [];

/** The enrolled agents, for what they said they can do. Empty until they are read. */
export function useAgents(): readonly AgentView[] {
  return useQuery({ queryKey: AGENTS_KEY, queryFn: listAgents }).data ?? NONE;
}
