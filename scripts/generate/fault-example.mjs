import { createFaultSchema, targetTypeOf } from '../../dist/libs/contracts/src/index.js';
import { FAULTS } from '../../dist/libs/faults/src/index.js';

const DURATION_MS = 60_000;

const TARGETS = {
  edge: (kind) => ({ type: 'edge', edge: { source: 'checkout', target: 'payments', protocol: FAULTS[kind].protocols[0] } }),
  process: () => ({ type: 'process', agent: 'local', process: { by: 'name', name: 'nginx' } }),
  host: () => ({ type: 'host', agent: 'local' }),
};
const TARGET_OPTIONS = { edge: "--edge 'checkout->payments'", process: '--agent local --process-name nginx', host: '--agent local' };

/** Body of `POST /api/faults`; throws when the server would not take it. */
export function exampleBody(kind) {
  const body = { target: TARGETS[targetTypeOf(kind)](kind), fault: { kind, params: FAULTS[kind].example }, durationMs: DURATION_MS };
  createFaultSchema.parse(body);
  return body;
}

/** The same on the command line. */
export function exampleCommand(kind) {
  const sets = assignments('', FAULTS[kind].example).map((assignment) => `--set ${shellWord(assignment)}`);
  return ['npx faultline fault apply', TARGET_OPTIONS[targetTypeOf(kind)], '--kind', kind, ...sets, `--for ${DURATION_MS / 1_000}s`].join(' ');
}

function assignments(prefix, params) {
  return Object.entries(params).flatMap(([name, value]) => {
    if (typeof value === 'object' && !Array.isArray(value)) return assignments(`${prefix}${name}.`, value);
    return [`${prefix}${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`];
  });
}

function shellWord(text) {
  return /^[\w.=/:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
