import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createSignInLink, listUsers, removeUser } from '../../api/access.js';
import { ActionError } from '../action/action-error.js';
import { ConfirmButton } from '../action/confirm-button.js';
import { OneTimeSecret } from '../action/one-time-secret.js';
import { QuietNote } from '../action/quiet-note.js';
import { formatAgo, formatMoment } from '../format/time.js';
import { useSession } from '../shell/session-context.js';
import { useLive } from '../world/world-context.js';
import { NameAndRole } from './name-and-role.js';
import classes from './page.module.css';
import { Rows } from './rows.js';
import { Section } from './section.js';
import { RecordTable } from './record-table.js';

export function UsersSection() {
  const { userId } = useSession();
  const { clock } = useLive();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['users'] });
  const users = useQuery({ queryKey: ['users'], queryFn: listUsers });
  const invite = useMutation({ mutationFn: createSignInLink, onSettled: refresh });
  const remove = useMutation({ mutationFn: removeUser, onSettled: refresh });
  return (
    <Section title="People">
      <NameAndRole nameLabel="Name" action="Create sign-in link" pending={invite.isPending} onSubmit={(link) => invite.mutate(link)} />
      <ActionError error={invite.error ?? remove.error} />
      {invite.data !== undefined && <OneTimeSecret label="One-time sign-in link" text={invite.data.url} note={`It signs one person in, works until ${formatMoment(invite.data.expiresAt)}, and cannot be read again.`} />}
      <Rows query={users} empty={<QuietNote title="Nobody yet" />}>
        {(rows) => (
          <RecordTable columns={['Name', 'Role', 'Since', 'Last seen']} actions>
            {rows.map((user) => (
              <tr key={user.id}>
                <th scope="row">
                  {user.name} {user.id === userId && <span className={classes.dim}>(you)</span>}
                </th>
                <td>{user.role}</td>
                <td>{formatMoment(user.createdAt)}</td>
                <td>{user.lastSeenAt === null ? 'never' : formatAgo(Date.parse(user.lastSeenAt), clock.nowMs())}</td>
                <td className={classes.actions}>
                  <ConfirmButton label="Remove" question={`Remove ${user.name}? Their sessions and API tokens end at once.`} onConfirm={() => remove.mutate(user.id)} />
                </td>
              </tr>
            ))}
          </RecordTable>
        )}
      </Rows>
    </Section>
  );
}
