import type { Discovery } from './discovery.js';
import type { TargetGroup } from './target-group.js';

export class StaticDiscovery implements Discovery {
  readonly tried = true;
  readonly problem = null;

  constructor(readonly groups: readonly TargetGroup[]) {}

  start(changed: () => void): void {
    changed();
  }

  stop(): void {
    // There is nothing that goes on.
  }
}
