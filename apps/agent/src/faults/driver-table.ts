import type { Capability, FaultKind } from '#contracts';
import type { Log } from '../log.js';
import type { FaultDriver } from './fault-driver.js';

/** Which driver carries out which kind. */
export class DriverTable {
  private readonly byKind = new Map<FaultKind, FaultDriver>();

  constructor(private readonly drivers: readonly FaultDriver[]) {
    for (const driver of drivers) for (const kind of driver.kinds) this.byKind.set(kind, driver);
  }

  of(kind: FaultKind): FaultDriver | undefined {
    return this.byKind.get(kind);
  }

  /** What of every kind this host allows. */
  async capabilities(): Promise<readonly (Capability & { readonly kind: FaultKind })[]> {
    const all = await Promise.all(this.drivers.map((driver) => driver.capabilities()));
    return all.flat().filter((capability): capability is Capability & { readonly kind: FaultKind } => this.byKind.has(capability.kind as FaultKind));
  }

  /** Reverts whatever carries our name, because the ledger cannot say what there is. Never rejects: one driver in trouble keeps no other from it. */
  async sweep(log: Log): Promise<void> {
    await Promise.all(
      this.drivers.map(async (driver) => {
        try {
          const found = (await driver.sweep?.()) ?? [];
          if (found.length > 0) log.warn({ found }, 'Left-over faults were found on this host and reverted.');
        } catch (error) {
          log.error({ kinds: driver.kinds, err: error }, 'This host could NOT be searched for left-over faults: it may not be clean.');
        }
      }),
    );
  }
}
