import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createToken, listTokens, removeToken } from '../../api/access.js';
import { ActionError } from '../action/action-error.js';
import { ConfirmButton } from '../action/confirm-button.js';
import { OneTimeSecret } from '../action/one-time-secret.js';
import { formatAgo, formatMoment } from '../format/time.js';
import { useLive } from '../world/world-context.js';
import { NameAndRole } from './name-and-role.js';
import classes from './page.module.css';
import { Rows } from './rows.js';
import { Section } from './section.js';
import { RecordTable } from './record-table.js';

const LIFETIMES_DAYS = ['1', '7', '30', '90'];

export function TokensSection() {
  const { clock } = useLive();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['tokens'] });
  const [days, setDays] = useState('30');
  const [readScope, setReadScope] = useState('');
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: listTokens });
  const create = useMutation({ mutationFn: createToken, onSettled: refresh });
  const remove = useMutation({ mutationFn: removeToken, onSettled: refresh });
  return (
    <Section title="Your API tokens">
      <NameAndRole nameLabel="What it is for" action="Create token" pending={create.isPending} onSubmit={(token) => create.mutate({ ...token, expiresInDays: Number(days), readScope })}>
        <NativeSelect label="Lives for" value={days} data={LIFETIMES_DAYS.map((value) => ({ value, label: value === '1' ? '1 day' : `${value} days` }))} onChange={(event) => setDays(event.currentTarget.value)} w={120} />
        <TextInput label="Series it may read" placeholder='all, or {team="shop"}' maxLength={1_000} value={readScope} onChange={(event) => setReadScope(event.currentTarget.value)} w={200} />
      </NameAndRole>
      <ActionError error={create.error ?? remove.error} />
      {create.data !== undefined && <OneTimeSecret label={`Token “${create.data.name}”`} text={create.data.token} note="Send it as Authorization: Bearer. It cannot be read again." />}
      <Rows query={tokens} empty={<p className={classes.dim}>No tokens. A token lets a script or a CI job use the API with a role of its own.</p>}>
        {(rows) => (
          <RecordTable columns={['For', 'Role', 'Reads', 'Expires', 'Last used']} actions>
            {rows.map((token) => (
              <tr key={token.id}>
                <th scope="row">{token.name}</th>
                <td>{token.role}</td>
                <td>{token.readScope === '' ? 'all series' : <code>{token.readScope}</code>}</td>
                <td>{formatMoment(token.expiresAt)}</td>
                <td>{token.lastUsedAt === null ? 'never' : formatAgo(Date.parse(token.lastUsedAt), clock.nowMs())}</td>
                <td className={classes.actions}>
                  <ConfirmButton label="Revoke" question={`Revoke “${token.name}”? What uses it stops working at once.`} onConfirm={() => remove.mutate(token.id)} />
                </td>
              </tr>
            ))}
          </RecordTable>
        )}
      </Rows>
    </Section>
  );
}
