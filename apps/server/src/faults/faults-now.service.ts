import { Injectable } from '@nestjs/common';
import type { FaultsNowView } from '#contracts';
import { AgentHoldings } from './agent-holdings.service.js';
import { FaultReader } from './fault-reader.service.js';
import { UnleasedFaults } from './unleased-faults.service.js';

/** Everything that may act on a target now, as server and agents each know it. */
@Injectable()
export class FaultsNow {
  constructor(
    private readonly reader: FaultReader,
    private readonly unleased: UnleasedFaults,
    private readonly holdings: AgentHoldings,
  ) {}

  read(): FaultsNowView {
    return { faults: this.reader.live(), unleased: this.unleased.list(), agents: this.holdings.list() };
  }
}
