import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Skeleton } from '@mantine/core';
import type { AgentView } from '#contracts';
import { listAgents } from '../../api/agents.js';
import { ActionError } from '../action/action-error.js';
import { QuietNote } from '../action/quiet-note.js';
import { formatCount } from '../format/number.js';
import { formatAgo } from '../format/time.js';
import { Page } from '../pages/page.js';
import { Section } from '../pages/section.js';
import { AGENTS_KEY } from '../world/use-agents.js';
import { useLive } from '../world/world-context.js';
import { CapabilityList } from './capability-list.js';
import { HostInjectForm } from './host-inject-form.js';
import { ProxiesSection } from './proxies-section.js';
import classes from './agent.module.css';

const REFRESH_EVERY_MS = 5_000;

/** One agent: what it can do, what it carries, and faults on its host. */
export function AgentPage() {
  const { agent: name } = useParams({ from: '/agents/$agent' });
  const agents = useQuery({ queryKey: AGENTS_KEY, queryFn: listAgents, refetchInterval: REFRESH_EVERY_MS });
  const agent = agents.data?.find((candidate) => candidate.name === name);
  if (agent !== undefined) return <AgentDetails agent={agent} />;
  return (
    <Page title={name} intro="">
      <ActionError error={agents.error} />
      {agents.data === undefined ? agents.error === null && <Skeleton height={120} radius="md" /> : <QuietNote title="No agent has this name">It may have been removed.</QuietNote>}
    </Page>
  );
}

function AgentDetails({ agent }: { readonly agent: AgentView }) {
  const { clock } = useLive();
  const seen = agent.lastSeenAt === null ? 'never seen' : `last seen ${formatAgo(Date.parse(agent.lastSeenAt), clock.nowMs())}`;
  return (
    <Page title={agent.name} intro={`${agent.connected ? '● Connected' : '◌ Away'}, ${seen}. Version ${agent.version ?? 'unknown'}, ${formatCount(agent.edges)} edges.`}>
      <ProxiesSection agent={agent} />
      <div className={classes.columns}>
        <Section title="Break its host or a process">
          <HostInjectForm agent={agent} />
        </Section>
        <Section title="What it can do">
          <CapabilityList capabilities={agent.capabilities} />
        </Section>
      </div>
    </Page>
  );
}
