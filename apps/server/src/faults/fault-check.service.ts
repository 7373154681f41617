import { Inject, Injectable } from '@nestjs/common';
import type { CreateFault } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import { AgentSecrets } from '../agents/agent-secrets.service.js';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { HaltState } from '../halt/halt-state.service.js';
import { KnownTopology } from '../state/known-topology.service.js';
import { checkReach } from './blast-radius.js';
import { checkFault, type FaultSurroundings } from './check-fault.js';
import { FaultTable } from './fault-table.service.js';

/** Whether a fault may start now, by all that this server knows. Touches nothing. */
@Injectable()
export class FaultCheck {
  private readonly around: FaultSurroundings;

  constructor(
    private readonly table: FaultTable,
    links: AgentLinks,
    secrets: AgentSecrets,
    halt: HaltState,
    topology: KnownTopology,
    @Inject(SERVER_CONFIG) private readonly config: ServerConfig,
  ) {
    this.around = {
      get halt() {
        return halt.current;
      },
      isKnown: (edge) => topology.isKnown(edge),
      carrierOf: (edge) => links.carrierOf(edge),
      lastCarrierOf: (edge) => topology.lastCarrierOf(edge),
      isEnrolled: (agent) => secrets.enrolled.has(agent),
      connected: (agent) => links.find(agent),
      faultOn: (lockKey) => table.on(lockKey),
      failedOn: (target) => table.failedOn(target),
    };
  }

  /** The agent that is to apply the fault; throws the AppError that says why it may not be. */
  agentFor(request: Pick<CreateFault, 'target' | 'fault' | 'overlap'>): string {
    return checkFault(request, this.around);
  }

  /** Throws BLAST_RADIUS_EXCEEDED. `known`: how many targets there are where some were picked by a selector. */
  checkReach(asked: { readonly targets: number; readonly durationMs: number; readonly known: number | null }): void {
    checkReach({ ...asked, active: this.table.liveOrReserved }, this.config.limits);
  }
}
