import { pino } from 'pino';
import { SYSTEM_CLOCK } from '../clock.js';
import { runCommand } from '../host/commands.js';
import { undoHost } from '../host/undo-host.js';
import { DeadManSwitch } from './dead-man-switch.js';
import { jsonLine, readJsonLines } from './json-lines.js';
import { watchdogOrderSchema } from './watchdog-message.js';

/**
 * The watchdog's own process, in a session of its own: what ends the agent's group does not end it.
 *
 *     agent --stdin--> hold, renew, release; its end is the agent's end
 *           <-stdout-- held
 */
const log = pino({ name: 'watchdog', level: process.env['FAULTLINE_LOG_LEVEL'] ?? 'info' }, pino.destination({ dest: 2, sync: true }));

// Whoever ends the agent by a signal to everyone around must not take away what cleans up after it. SIGKILL alone ends this process early.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGPIPE'] as const) process.on(signal, () => undefined);
// With the agent gone nobody may read what is said.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const dead = new DeadManSwitch({ clock: SYSTEM_CLOCK, undo: (undo) => undoHost(undo, runCommand, log), log, onDone: () => process.exit(0) });
readJsonLines(process.stdin, watchdogOrderSchema, (order) => {
  dead.take(order);
  if (order.type === 'hold') process.stdout.write(jsonLine({ type: 'held', faultId: order.undo.faultId }));
});
for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => dead.agentEnded());
