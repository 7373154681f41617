import type { ReactNode } from 'react';
import type { Permission } from '#contracts';
import { QuietNote } from '../action/quiet-note.js';
import { useMay, useSession } from '../shell/session-context.js';

interface NeedsProps {
  readonly permission: Permission;
  readonly children: ReactNode;
}

/** A screen for those who may see it, and for the others the reason why not. The server refuses by itself; this only says it kindly. */
export function Needs({ permission, children }: NeedsProps) {
  const may = useMay(permission);
  const { role } = useSession();
  if (may) return children;
  return (
    <main id="main" tabIndex={-1}>
      <QuietNote title="Not for your role">Your role is {role}. Ask an admin if you need this screen.</QuietNote>
    </main>
  );
}
