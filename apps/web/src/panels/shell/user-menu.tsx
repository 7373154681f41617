import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signOut } from '../../api/session.js';
import { useSession } from './session-context.js';
import classes from './top-bar.module.css';

export function UserMenu() {
  const { name, role } = useSession();
  const queries = useQueryClient();
  // Whatever the answer, the page asks anew who is signed in.
  const leaving = useMutation({ mutationFn: signOut, onSettled: () => queries.resetQueries({ queryKey: ['session'] }) });
  return (
    <Menu position="bottom-end" width={200} withinPortal>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`${name}, ${role}: account`}>
          <span className={classes.initial} aria-hidden="true">
            {name.charAt(0).toUpperCase()}
          </span>
          <span className={classes.who}>
            {name}
            <span className={classes.role}>{role}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          Signed in as {name}, {role}
        </Menu.Label>
        <Menu.Item onClick={() => leaving.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
