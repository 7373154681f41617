import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listAgents } from '../../api/agents.js';
import { QuietNote } from '../action/quiet-note.js';
import { useMay } from '../shell/session-context.js';

const LOOK_AGAIN_MS = 5_000;

/** Nothing to draw yet: why, and the next step. Asks for agents every 5 s while it is shown, because an agent that enrols is not in the stream. */
export function EmptyLive() {
  const mayManage = useMay('agents.manage');
  const agents = useQuery({ queryKey: ['agents'], queryFn: listAgents, refetchInterval: LOOK_AGAIN_MS });
  const connected = agents.data?.filter((agent) => agent.connected) ?? [];
  if (connected.length > 0) {
    return (
      <QuietNote title="Waiting for the first request">
        {connected.length === 1 ? `The agent ${connected[0]?.name ?? ''} is` : `${connected.length} agents are`} connected but no request has crossed a proxy yet. Send traffic through one of its listening addresses and it
        appears here within two seconds.
      </QuietNote>
    );
  }
  return (
    <QuietNote title="No agent is connected">
      <p>Faultline sees traffic through an agent that runs beside your services. {mayManage ? 'Create an enrolment token and start one.' : 'Ask an admin to enrol one.'}</p>
      <Button renderRoot={(props) => <Link to="/agents" {...props} />}>{mayManage ? 'Connect an agent' : 'See agents'}</Button>
    </QuietNote>
  );
}
