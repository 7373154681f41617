import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@mantine/core';
import type { AgentView, ProxyView } from '#contracts';
import { createProxy, listProxies, removeProxy } from '../../api/agents.js';
import { ActionError } from '../action/action-error.js';
import { ConfirmButton } from '../action/confirm-button.js';
import { QuietNote } from '../action/quiet-note.js';
import { toxicSummary } from '../fault/unleased-text.js';
import { Rows } from '../pages/rows.js';
import { Section } from '../pages/section.js';
import { useMay } from '../shell/session-context.js';
import { useWorld } from '../world/use-world.js';
import classes from './agent.module.css';
import { ProxyForm } from './proxy-form.js';

/** The proxies of an agent with their toxics, and the way to make one. */
export function ProxiesSection({ agent }: { readonly agent: AgentView }) {
  const mayChange = useMay('faults.write');
  const queries = useQueryClient();
  // Toxics of other clients come and go in the stream.
  const unleased = useWorld((world) => world.unleased);
  const proxies = useQuery({ queryKey: ['proxies', agent.name, unleased], queryFn: () => listProxies(agent.name), enabled: agent.connected, placeholderData: (before) => before });
  const [adding, setAdding] = useState(false);
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['proxies', agent.name] });
  const create = useMutation({ mutationFn: (proxy: Parameters<typeof createProxy>[1]) => createProxy(agent.name, proxy), onSuccess: () => setAdding(false), onSettled: refresh });
  const remove = useMutation({ mutationFn: (proxy: string) => removeProxy(agent.name, proxy), onSettled: refresh });
  const action = mayChange && agent.connected && (
    <Button variant={adding ? 'default' : 'filled'} onClick={() => setAdding((was) => !was)} aria-expanded={adding}>
      {adding ? 'Cancel' : 'New proxy'}
    </Button>
  );
  return (
    <Section title="Proxies" action={action}>
      {adding && (
        <div className={classes.adding}>
          <ProxyForm pending={create.isPending} onSubmit={(proxy) => create.mutate(proxy)} />
        </div>
      )}
      <ActionError error={create.error ?? remove.error} />
      {agent.connected ? (
        <Rows query={proxies} empty={<QuietNote title="No proxies">Each proxied edge of its system file would be one.</QuietNote>}>
          {(rows) => (
            <ul className={classes.proxies}>
              {rows.map((proxy) => (
                <ProxyRow key={proxy.name} proxy={proxy} {...(mayChange && !proxy.fixed && { onRemove: () => remove.mutate(proxy.name) })} />
              ))}
            </ul>
          )}
        </Rows>
      ) : (
        <p className={classes.dim}>The agent is away. Its proxies are listed when it is back.</p>
      )}
    </Section>
  );
}

interface ProxyRowProps {
  readonly proxy: ProxyView;
  /** Absent where it may not be removed. */
  readonly onRemove?: () => void;
}

function ProxyRow({ proxy: { name, listen, upstream, enabled, fixed, toxics }, onRemove }: ProxyRowProps) {
  return (
    <li>
      <div>
        <strong>{name}</strong> {!enabled && <span className={classes.disabled}>disabled: refuses every connection</span>}
        <span className={classes.route}>
          {listen} → {upstream}
          {fixed && ' · from the system file'}
        </span>
        {toxics.map((toxic) => (
          <span key={toxic.name} className={classes.toxicLine}>
            {toxicSummary(toxic)} <em>no lease</em>
          </span>
        ))}
      </div>
      {onRemove !== undefined && <ConfirmButton label="Remove" question={`Remove the proxy ${name}? Its connections are closed and its toxics go with it.`} onConfirm={onRemove} />}
    </li>
  );
}
