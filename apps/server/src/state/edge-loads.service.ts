import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EdgeKey, LiveEdgeState } from '#contracts';
import { TrafficState, type Tick } from './traffic-state.service.js';

// Long enough that one slow second does not decide, short enough to be what crosses the edge now.
const OVER_TICKS = 5;

/** What crosses an edge now. */
interface EdgeLoad {
  readonly requestsPerSec: number;
  readonly connections: number;
}

/** The load of edges over the last full seconds. */
@Injectable()
export class EdgeLoads implements OnModuleInit {
  /** The newest ticks, oldest first; their states are frozen and shared with the stream. */
  private ticks: readonly Tick[] = [];

  constructor(private readonly traffic: TrafficState) {}

  onModuleInit(): void {
    this.traffic.ticks.follow((tick) => (this.ticks = [...this.ticks, tick].slice(-(OVER_TICKS + 1))));
  }

  of(edge: EdgeKey): EdgeLoad {
    const id = this.traffic.fold.edgeIdOf(edge);
    const [first, last] = [this.ticks.at(0), this.ticks.at(-1)];
    const now = id === undefined ? undefined : last?.states.get(id);
    if (id === undefined || now === undefined || first === undefined || last === undefined) return { requestsPerSec: 0, connections: 0 };
    const seconds = last.throughSec - first.throughSec;
    const requests = requestsOf(now) - requestsOf(first.states.get(id));
    return { requestsPerSec: seconds > 0 ? requests / seconds : 0, connections: now.connections };
  }
}

// An edge that was not there yet had no requests.
function requestsOf(state: LiveEdgeState | undefined): number {
  return state === undefined ? 0 : state.ok + state.clientError + state.serverError + state.noResponse;
}
