import { runCommand, outputOf } from '../../../apps/agent/src/host/commands.js';
import type { Argv } from '../../../apps/agent/src/host/commands.js';

/**
 * Two hosts joined by a cable, in network namespaces of their own, so that no fault of this suite ever touches the network of the machine:
 *
 *     target 10.213.0.1 [near0] ------ [far0] 10.213.0.2 peer
 */
export const TARGET_ADDRESS = '10.213.0.1';
export const PEER_ADDRESS = '10.213.0.2';
export const TARGET_DEVICE = 'near0';

export class NetworkLab {
  private constructor(
    readonly target: string,
    readonly peer: string,
  ) {}

  /** Rejects where namespaces or cables cannot be made, with the reason. */
  static async open(): Promise<NetworkLab> {
    const name = `faultline-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
    const lab = new NetworkLab(`${name}-target`, `${name}-peer`);
    try {
      for (const argv of lab.plan()) await outputOf(runCommand, argv);
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  }

  /** Runs a command on the target's side; gives what it printed. */
  onTarget(...argv: Argv): Promise<string> {
    return outputOf(runCommand, ['ip', 'netns', 'exec', this.target, ...argv]);
  }

  async close(): Promise<void> {
    for (const network of [this.target, this.peer]) await runCommand(['ip', 'netns', 'del', network]);
  }

  private plan(): readonly Argv[] {
    const ip = (network: string, ...args: readonly string[]): Argv => ['ip', '-n', network, ...args];
    return [
      ['ip', 'netns', 'add', this.target],
      ['ip', 'netns', 'add', this.peer],
      ip(this.target, 'link', 'add', TARGET_DEVICE, 'type', 'veth', 'peer', 'name', 'far0', 'netns', this.peer),
      ip(this.target, 'addr', 'add', `${TARGET_ADDRESS}/24`, 'dev', TARGET_DEVICE),
      ip(this.peer, 'addr', 'add', `${PEER_ADDRESS}/24`, 'dev', 'far0'),
      ...[this.target, this.peer].map((network) => ip(network, 'link', 'set', 'lo', 'up')),
      ip(this.target, 'link', 'set', TARGET_DEVICE, 'up'),
      ip(this.peer, 'link', 'set', 'far0', 'up'),
    ];
  }
}
