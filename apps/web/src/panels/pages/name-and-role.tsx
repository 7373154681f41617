import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { ROLES } from '#contracts';
import type { Role } from '#contracts';
import { useSession } from '../shell/session-context.js';
import classes from './page.module.css';

interface NameAndRoleProps {
  readonly nameLabel: string;
  readonly action: string;
  readonly pending: boolean;
  readonly onSubmit: (value: { readonly name: string; readonly role: Role }) => void;
  /** More fields of the same form. */
  readonly children?: ReactNode;
}

/** A name and a role, never a stronger one than one's own. */
export function NameAndRole({ nameLabel, action, pending, onSubmit, children }: NameAndRoleProps) {
  const { role: own } = useSession();
  const roles = ROLES.slice(0, ROLES.indexOf(own) + 1);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit({ name: name.trim(), role });
    setName('');
  };
  return (
    <form className={classes.fields} onSubmit={submit}>
      <TextInput label={nameLabel} required withAsterisk={false} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} w={240} />
      <NativeSelect label="Role" value={role} data={[...roles]} onChange={(event) => setRole(roles.find((candidate) => candidate === event.currentTarget.value) ?? 'viewer')} w={140} />
      {children}
      <Button type="submit" loading={pending} disabled={name.trim() === ''}>
        {action}
      </Button>
    </form>
  );
}
