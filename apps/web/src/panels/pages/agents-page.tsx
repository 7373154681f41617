import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { FAULT_KINDS } from '#contracts';
import { createEnrolToken, listAgents, removeAgent } from '../../api/agents.js';
import { ActionError } from '../action/action-error.js';
import { ConfirmButton } from '../action/confirm-button.js';
import { OneTimeSecret } from '../action/one-time-secret.js';
import { QuietNote } from '../action/quiet-note.js';
import { capabilityRows } from '../agent/capability-rows.js';
import { formatCount } from '../format/number.js';
import { formatAgo, formatMoment } from '../format/time.js';
import { useMay } from '../shell/session-context.js';
import { AGENTS_KEY } from '../world/use-agents.js';
import { useLive } from '../world/world-context.js';
import { enrolCommand } from './enrol-command.js';
import { Page } from './page.js';
import classes from './page.module.css';
import { Rows } from './rows.js';
import { Section } from './section.js';
import { RecordTable } from './record-table.js';

const REFRESH_EVERY_MS = 5_000;

/** The agents that carry the edges. Read every 5 s while shown, because last-seen times are not in the stream. */
export function AgentsPage() {
  const mayManage = useMay('agents.manage');
  const { clock } = useLive();
  const queries = useQueryClient();
  const agents = useQuery({ queryKey: AGENTS_KEY, queryFn: listAgents, refetchInterval: REFRESH_EVERY_MS });
  const enrol = useMutation({ mutationFn: createEnrolToken });
  const remove = useMutation({ mutationFn: removeAgent, onSettled: () => queries.invalidateQueries({ queryKey: AGENTS_KEY }) });
  const create = mayManage && (
    <Button loading={enrol.isPending} onClick={() => enrol.mutate()}>
      Enrol an agent
    </Button>
  );
  return (
    <Page title="Agents" intro="An agent runs beside your services and carries their calls through its proxies. It lets go of every fault by itself when it hears nothing for 10 s.">
      <Section title="Enrolled" action={create}>
        <ActionError error={enrol.error ?? remove.error} />
        {enrol.data !== undefined && (
          <OneTimeSecret label="Start an agent with this token" text={enrolCommand(window.location.origin, enrol.data.token)} note={`The token enrols one agent, works until ${formatMoment(enrol.data.expiresAt)}, and cannot be read again.`} />
        )}
        <Rows query={agents} empty={<QuietNote title="No agent is enrolled">{mayManage ? 'Enrol one: it takes one command beside your services.' : 'Ask an admin to enrol one.'}</QuietNote>}>
          {(rows) => (
            <RecordTable columns={['Agent', 'State', 'Version', 'Edges', 'Can do', 'Last seen', 'Dropped reports']} actions={mayManage}>
              {rows.map((agent) => (
                <tr key={agent.name}>
                  <th scope="row">
                    <Link to="/agents/$agent" params={{ agent: agent.name }}>
                      {agent.name}
                    </Link>
                  </th>
                  <td>{agent.connected ? '● Connected' : '◌ Away'}</td>
                  <td>{agent.version ?? '–'}</td>
                  <td>{formatCount(agent.edges)}</td>
                  <td>{agent.capabilities.length === 0 ? '–' : `${capabilityRows(agent.capabilities, FAULT_KINDS).filter(({ whyNot }) => whyNot === null).length} of ${FAULT_KINDS.length} kinds`}</td>
                  <td>{agent.lastSeenAt === null ? 'never' : formatAgo(Date.parse(agent.lastSeenAt), clock.nowMs())}</td>
                  <td>{formatCount(agent.droppedReports)}</td>
                  {mayManage && (
                    <td className={classes.actions}>
                      <ConfirmButton label="Remove" question={`Remove ${agent.name}? It loses its access at once and must enrol anew.`} onConfirm={() => remove.mutate(agent.name)} />
                    </td>
                  )}
                </tr>
              ))}
            </RecordTable>
          )}
        </Rows>
      </Section>
    </Page>
  );
}
