import { Link, createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { SessionView } from '#contracts';
import { QuietNote } from '../panels/action/quiet-note.js';
import { AgentPage } from '../panels/agent/agent-page.js';
import { parseExploreSearch } from '../panels/explore/explore-address.js';
import { LiveScreen } from '../panels/live/live-screen.js';
import type { CreatePicture } from '../panels/live/use-picture.js';
import { AccessPage } from '../panels/pages/access-page.js';
import { AgentsPage } from '../panels/pages/agents-page.js';
import { AuditPage } from '../panels/pages/audit-page.js';
import { FaultPage } from '../panels/pages/fault-page.js';
import { FaultsPage } from '../panels/pages/faults-page.js';
import { Needs } from '../panels/pages/needs.js';
import { parseFlatSearch, writeFlatSearch } from '../panels/selection/flat-search.js';
import { parseLiveSearch } from '../panels/selection/live-search.js';
import { parseTargetsSearch } from '../panels/targets/targets-address.js';
import { Root } from './root.js';

// three is by far the largest part of the page: panels and table are there before it is.
const loadPicture = async (): Promise<CreatePicture> => (await import('../scene/create-picture.js')).createPicture;

// The editor of queries is large, and who watches the picture does not need it.
const ExplorePage = lazyRouteComponent(() => import('../panels/explore/explore-page.js'), 'ExplorePage');
const TargetsPage = lazyRouteComponent(() => import('../panels/targets/targets-page.js'), 'TargetsPage');
const CardinalityPage = lazyRouteComponent(() => import('../panels/cardinality/cardinality-page.js'), 'CardinalityPage');

/** Every screen has an address, and so has every state of it. */
export function createAppRouter(readSession: () => Promise<SessionView | null>) {
  const root = createRootRoute({ component: () => <Root readSession={readSession} />, notFoundComponent: NotFound });
  const screen = <P extends string>(path: P, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path, component });
  const routeTree = root.addChildren([
    createRoute({
      getParentRoute: () => root,
      path: '/',
      beforeLoad: () => redirect({ to: '/live', replace: true, throw: true }),
    }),
    createRoute({ getParentRoute: () => root, path: '/live', validateSearch: parseLiveSearch, component: () => <LiveScreen loadPicture={loadPicture} /> }),
    createRoute({ getParentRoute: () => root, path: '/explore', validateSearch: parseExploreSearch, component: ExplorePage }),
    createRoute({ getParentRoute: () => root, path: '/targets', validateSearch: parseTargetsSearch, component: TargetsPage }),
    createRoute({ getParentRoute: () => root, path: '/cardinality', component: CardinalityPage }),
    screen('/faults', FaultsPage),
    screen('/faults/$faultId', FaultPage),
    screen('/agents', AgentsPage),
    screen('/agents/$agent', AgentPage),
    screen('/access', () => (
      <Needs permission="users.manage">
        <AccessPage />
      </Needs>
    )),
    screen('/audit', () => (
      <Needs permission="audit.read">
        <AuditPage />
      </Needs>
    )),
  ]);
  return createRouter({ routeTree, parseSearch: parseFlatSearch, stringifySearch: writeFlatSearch });
}

function NotFound() {
  return (
    <main id="main" tabIndex={-1}>
      <QuietNote title="There is no such page">
        <Link to="/live">Go to Live</Link>
      </QuietNote>
    </main>
  );
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
