import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { SessionView } from '#contracts';
import { SessionContext } from '../panels/shell/session-context.js';
import { Shell } from '../panels/shell/shell.js';
import { createServerClock } from '../panels/world/server-clock.js';
import { WorldContext } from '../panels/world/world-context.js';
import { connectStream } from '../stream/connect-stream.js';
import { SESSION_KEY } from './query-client.js';

const monotonicMs = (): number => performance.now();

/** The page of one session: its stream lives as long as this does. */
export function SignedIn({ session }: { readonly session: SessionView }) {
  const queries = useQueryClient();
  const [stream] = useState(() => connectStream({ onSignedOut: () => void queries.resetQueries({ queryKey: SESSION_KEY }) }));
  const live = useMemo(() => ({ source: stream, clock: createServerClock(stream, monotonicMs) }), [stream]);
  useEffect(
    () => () => {
      live.clock.close();
      stream.close();
    },
    [live, stream],
  );
  return (
    <SessionContext value={session}>
      <WorldContext value={live}>
        <Shell>
          <Outlet />
        </Shell>
      </WorldContext>
    </SessionContext>
  );
}
