import { tellParent } from './process/tell-parent.js';

// Only what the asked command needs is loaded: a service must not carry the launcher's libraries in its memory.
async function main(): Promise<string | null> {
  const [first, name] = process.argv.slice(2);
  if (first === 'process' && name !== undefined) {
    const { runProcess } = await import('./process/run-process.js');
    runProcess(name);
    return null;
  }
  const { parseCommand } = await import('./cli/arguments.js');
  const parsed = parseCommand({ argv: process.argv.slice(2), databaseUrl: process.env.DATABASE_URL });
  if (!parsed.ok) return parsed.problem;
  if (parsed.command.command === 'plan') return (await import('./plan/write-plan.js')).writePlan(parsed.command);
  const problem = await (await import('./launcher/run-shop.js')).runShop(parsed.command);
  if (problem === null) announceReady();
  return problem;
}

function announceReady(): void {
  tellParent({ type: 'ready' });
  process.stderr.write('demo: the shop is open\n');
}

main().then(
  (problem) => {
    if (problem !== null) fail(problem);
  },
  (error: unknown) => fail(error instanceof Error ? (error.stack ?? error.message) : String(error)),
);

function fail(problem: string): void {
  const message = problem.slice(0, 1_000);
  process.stderr.write(`demo: ${message}\n`);
  tellParent({ type: 'failed', message });
  // Node would go on for whatever is still open; a failed command has nothing left to do.
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 100);
}
