import { isDead } from '../../../apps/agent/src/host/processes/process-stat.js';
import { readProcess } from '../../../apps/agent/src/host/processes/process-table.js';
import { dial } from '../../../apps/agent/src/host/packets/dial.js';
import { get } from 'node:http';
import { CallProcess } from './call-process.js';
import { TARGET_PROCESS } from './entries.js';
import { orderOf } from './rig.js';
import type { Rig } from './rig.js';

const ANSWER_WITHIN_MS = 1_000;

/** An HTTP server of our own, named by the port that it listens on. */
async function openServer(): Promise<{ readonly target: CallProcess; readonly port: number }> {
  const target = CallProcess.start(TARGET_PROCESS);
  return { target, port: await target.call<number>('listen') };
}

/** A stopped process still has its port: the kernel accepts, and nobody answers. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/1', agent: false, timeout: ANSWER_WITHIN_MS }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', () => resolve(false));
  });
}

export async function processStopRig(): Promise<Rig> {
  const { target, port } = await openServer();
  return {
    kind: 'process-stop',
    settings: { policy: { processes: { ports: [port] } }, control: { host: '127.0.0.1', port: 9 } },
    order: (faultId) => orderOf('process-stop', faultId, {}, { by: 'port', port }),
    isHit: async () => !(await answers(port)),
    snapshot: async () => ((await readProcess(target.pid))?.state === 'T' ? 'stopped' : 'not stopped'),
    vanish: () => target.kill(),
    close: () => target.kill(),
  };
}

export async function processKillRig(): Promise<Rig> {
  const { target, port } = await openServer();
  return {
    kind: 'process-kill',
    settings: { policy: { processes: { ports: [port] } }, control: { host: '127.0.0.1', port: 9 } },
    order: (faultId) => orderOf('process-kill', faultId, {}, { by: 'port', port }),
    isHit: async () => {
      const stat = await readProcess(target.pid);
      return (stat === null || isDead(stat)) && !(await answers(port)) && (await dial({ host: '127.0.0.1', port }, ANSWER_WITHIN_MS)) !== null;
    },
    snapshot: async () => '',
    vanish: () => target.kill(),
    close: () => target.kill(),
  };
}
