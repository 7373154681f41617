import { createContext, use } from 'react';
import type { Permission, SessionView } from '#contracts';

export const SessionContext = createContext<SessionView | null>(null);

export function useSession(): SessionView {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionContext above it: mount the panel inside the signed-in app.');
  return session;
}

export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
