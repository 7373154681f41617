import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '#contracts';
import { SignInPage } from '../panels/shell/sign-in-page.js';
import { SESSION_KEY } from './query-client.js';
import { SignedIn } from './signed-in.js';
import { Splash } from './splash.js';

/** Nobody sees anything before it is known who is asking. */
export function Root({ readSession }: { readonly readSession: () => Promise<SessionView | null> }) {
  const session = useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY });
  if (session.isPending) return <Splash />;
  if (session.data === undefined || session.data === null) return <SignInPage problem={session.error} />;
  return <SignedIn key={session.data.userId} session={session.data} />;
}
