import type { Undo } from '../../faults/undo.js';
import { whyFailed } from '../commands.js';
import type { Argv, RunCommand } from '../commands.js';
import { endCommands } from './end-commands.js';
import { KERNEL_DEFAULT_HANDLE, ownDevices, readDevice } from './tc-device.js';
import type { DeviceState } from './tc-device.js';
import { FULL_SPEED_CLASS, ROOT_HANDLE, scopeClassOf } from './tc-plan.js';

type TcUndo = Extract<Undo, { driver: 'tc' }>;

/** Takes our root off the device, which gives it back the kernel's own, and compares with how it was. A device that is gone is clean. */
export async function undoTc({ faultId, device, before }: TcUndo, run: RunCommand): Promise<void> {
  await endCommands(faultId);
  const found = await readDevice(run, device);
  if (found === null || !isOf(faultId, found)) return;
  const deleted = await deleteRoot(run, device);
  const after = await readDevice(run, device);
  if (after === null) return;
  if (isOf(faultId, after)) throw new Error(`our queueing discipline is still on ${device}: ${deleted}`);
  if (after.rootHandle === KERNEL_DEFAULT_HANDLE && after.snapshot !== before) throw new Error(`${device} is not as it was: it has "${after.snapshot}" and had "${before}"`);
}

/** Our root with this fault's class, or with none yet: an apply that was cut short. */
function isOf(faultId: string, { rootHandle, classes }: DeviceState): boolean {
  if (rootHandle !== ROOT_HANDLE) return false;
  const scopes = classes.filter((id) => id.startsWith(ROOT_HANDLE) && id !== FULL_SPEED_CLASS);
  return scopes.length === 0 || scopes.includes(scopeClassOf(faultId));
}

/** Takes our root off every device; says what there was. */
export async function sweepTc(run: RunCommand): Promise<readonly string[]> {
  const devices = await ownDevices(run);
  for (const device of devices) await deleteRoot(run, device);
  const left = await ownDevices(run);
  if (left.length > 0) throw new Error(`our queueing discipline is still on ${left.join(', ')}`);
  return devices.map((device) => `queueing discipline ${ROOT_HANDLE} on ${device}`);
}

/** Says how it went, for when the root is still there after it. */
async function deleteRoot(run: RunCommand, device: string): Promise<string> {
  const argv: Argv = ['tc', 'qdisc', 'del', 'dev', device, 'root', 'handle', ROOT_HANDLE];
  return whyFailed(argv, await run(argv));
}
