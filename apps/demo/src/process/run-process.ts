import { seedFor, seededRandom } from '../chance/random.js';
import type { CallTarget } from '../http/dependency.js';
import type { Route } from '../http/route.js';
import { createShopServer } from '../http/shop-server.js';
import type { Role } from '../plan/roles.js';
import type { CallPolicy } from '../http/call-policy.js';
import { CALL_POLICIES } from '../services/call-policies.js';
import { isStartMessage } from './assignment.js';
import type { Assignment } from './assignment.js';
import { listen } from './listen.js';
import type { ProcessContext, StartedProcess, TargetOf } from './process-context.js';
import { ProcessMetrics } from './process-metrics.js';
import { ROLE_TABLE } from './role-table.js';
import { tellParent } from './tell-parent.js';

/** The life of every process of the shop: wait to be told what to be, be it, and end with the launcher. */
export function runProcess(name: string): void {
  if (process.send === undefined) return fail(`${name} is a part of the shop: start all of it with \`run\``);
  // No state worth saving, and requests under way are the callers' to repeat: the end is at once, whoever asks for it.
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole terminal group; the launcher hears it too and ends us in order.
  process.on('SIGINT', () => undefined);
  // A launcher that was killed takes the other end of stderr with it; the disconnect above is what ends us then.
  process.stderr.on('error', () => undefined);
  process.once('message', (message) => {
    if (!isStartMessage(message)) return;
    start(message.assignment)
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      .then((problem) => tellParent(problem === null ? { type: 'ready' } : { type: 'failed', message: `${name} ${problem}` }), fail);
  });
}

function fail(error: unknown): void {
  process.stderr.write(`demo: ${String(error)}\n`);
  process.exit(1);
}

async function start(assignment: Assignment): Promise<string | null> {
  const missing = Object.keys(CALL_POLICIES[assignment.role]).filter((target) => assignment.dependencies[target] === undefined);
  if (missing.length > 0) return `has no address for ${missing.join(', ')} in the plan: make a new one with \`plan\``;
  const metrics = new ProcessMetrics(assignment.name);
  const started = await startRole(assignment.role, assignment, metrics);
  const routes = [...started.routes, ...ownRoutes(assignment, metrics)];
  const problem = await listen(createShopServer({ routes, metrics, log: logger(assignment.name) }), assignment.httpPort);
  if (problem !== null || started.tcpServer === undefined || assignment.tcpPort === null) return problem;
  return listen(started.tcpServer, assignment.tcpPort);
}

async function startRole<R extends Role>(role: R, assignment: Assignment, metrics: ProcessMetrics): Promise<StartedProcess> {
  const startThis = await ROLE_TABLE[role]();
  const { name, region, rate, seed, databaseUrl, dependencies } = assignment;
  const context: ProcessContext<R> = {
    name,
    region,
    rate,
    seed,
    databaseUrl,
    random: seededRandom(seedFor(seed, name)),
    metrics,
    log: logger(name),
    addresses: dependencies,
    targets: targetsOf(role, dependencies),
  };
  return startThis(context);
}

/** Every target of the role has an address: `start` has checked it. */
function targetsOf<R extends Role>(role: R, addresses: Readonly<Record<string, string>>): Record<TargetOf<R>, CallTarget> {
  const policies: Readonly<Record<string, CallPolicy>> = CALL_POLICIES[role];
  const targets = Object.entries(policies).map(([name, policy]): [string, CallTarget] => [name, { name, address: addresses[name] ?? '', policy }]);
  return Object.fromEntries(targets) as Record<TargetOf<R>, CallTarget>;
}

function ownRoutes({ name, region }: Assignment, metrics: ProcessMetrics): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => ({ status: 200, body: { status: 'ok', service: name, region } }) },
    { method: 'GET', path: '/metrics', handle: async () => ({ status: 200, body: await metrics.registry.metrics(), contentType: metrics.registry.contentType }) },
  ];
}

function logger(name: string): (line: string) => void {
  return (line) => process.stderr.write(`demo: ${name}: ${line}\n`);
}
