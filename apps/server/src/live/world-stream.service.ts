import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import type { LiveEvent } from '#contracts';
import { AgentLinks } from '../agents/agent-links.service.js';
import { FaultReader } from '../faults/fault-reader.service.js';
import { FaultTable } from '../faults/fault-table.service.js';
import { faultView } from '../faults/fault-view.js';
import { UnleasedFaults } from '../faults/unleased-faults.service.js';
import { HaltState, haltView } from '../halt/halt-state.service.js';
import { TrafficState, type Tick } from '../state/traffic-state.service.js';
import type { LiveClient } from './live-client.js';
import { frameBytes, liveClients, skippedTicks, stuckClients } from './live-metrics.js';
import { WorldFrames } from './world-frames.js';

export const WORLD_ROOM = 'world';
// A picture that went wrong in any way is right again after this.
const KEYFRAME_EVERY_TICKS = 30;
const EPOCHS = 2 ** 32;

/**
 * The one view there is: everything. A tick is encoded once and sent to the room of those that keep up.
 *
 *     subscribe -> start -> in the room --more than 2 frames wait--> behind: skips ticks --drained--> reset, start -> in the room
 *                                                                      \--30 s--> disconnected
 */
@Injectable()
export class WorldStream implements OnModuleInit {
  private readonly frames = new WorldFrames(randomInt(EPOCHS));
  private readonly clients = new Set<LiveClient>();
  private broadcast: (frame: Uint8Array) => void = () => undefined;

  constructor(
    private readonly traffic: TrafficState,
    private readonly faults: FaultReader,
    private readonly table: FaultTable,
    private readonly unleased: UnleasedFaults,
    private readonly halt: HaltState,
    private readonly links: AgentLinks,
  ) {}

  onModuleInit(): void {
    this.traffic.ticks.follow((tick) => this.sendTick(tick));
    this.table.changes.follow((fault) => this.tell({ kind: 'fault', fault: faultView(fault) }));
    this.unleased.changes.follow((faults) => this.tell({ kind: 'unleased', faults }));
    this.halt.changes.follow((halt) => this.tell({ kind: 'halt', halt: halt === null ? null : haltView(halt) }));
    this.links.events.follow((event) => {
      if (event.type === 'connected' || event.type === 'disconnected') this.tell({ kind: 'agent', agent: event.agent.name, connected: event.type === 'connected' });
    });
  }

  /** `broadcast` sends to all who are in WORLD_ROOM. */
  open(broadcast: (frame: Uint8Array) => void): void {
    this.broadcast = broadcast;
  }

  add(client: LiveClient): void {
    this.clients.add(client);
    liveClients.set(this.clients.size);
    this.start(client);
  }

  remove(client: LiveClient): void {
    this.clients.delete(client);
    liveClients.set(this.clients.size);
  }

  /** A client that lost its place gets a new start. One that is behind gets it when it can take it. */
  resync(client: LiveClient): void {
    if (this.clients.has(client) && !client.isBehind) this.start(client);
  }

  private start(client: LiveClient): void {
    const tick = this.traffic.now;
    client.send([this.frames.dictionary(tick), this.frames.topology(tick), this.frames.keyframe(tick), ...this.liveFaults(tick), this.haltInForce(tick)]);
    client.catchUp();
    client.join(WORLD_ROOM);
  }

  private sendTick(tick: Tick): void {
    const strings = tick.topologyChanged ? this.frames.learn(tick) : null;
    if (this.clients.size === 0) return;
    const behind = [...this.clients].filter((client) => this.isLeftOut(client));
    const frames = this.encode(tick, strings);
    for (const frame of frames) this.broadcast(frame);
    frameBytes.observe(frames.reduce((sum, frame) => sum + frame.length, 0));
    // After the tick went to the room: their new start holds it already.
    for (const client of behind) this.tryRestart(client, tick);
  }

  private encode(tick: Tick, strings: Uint8Array | null): Uint8Array[] {
    if (!tick.topologyChanged && tick.seq % KEYFRAME_EVERY_TICKS !== 0) return [this.frames.delta(tick)];
    const whole = [this.frames.keyframe(tick), ...this.liveFaults(tick)];
    if (!tick.topologyChanged) return whole;
    return [...(strings === null ? [] : [strings]), this.frames.topology(tick), ...whole];
  }

  /** True for a client that is not sent this tick: it was behind already, or falls behind now. */
  private isLeftOut(client: LiveClient): boolean {
    if (!client.isBehind && client.isFull) {
      client.fallBehind(performance.now());
      client.leave(WORLD_ROOM);
    }
    if (client.isBehind) skippedTicks.inc();
    return client.isBehind;
  }

  private tryRestart(client: LiveClient, tick: Tick): void {
    if (client.isDrained) {
      client.send([this.frames.reset(tick, 'behind')]);
      this.start(client);
    } else if (client.isStuck(performance.now())) {
      stuckClients.inc();
      client.disconnect();
    }
  }

  private tell(event: LiveEvent): void {
    if (this.clients.size > 0) this.broadcast(this.frames.event(this.traffic.now, event));
  }

  private liveFaults(tick: Tick): Uint8Array[] {
    return [this.frames.event(tick, { kind: 'faults', faults: this.faults.live() }), this.frames.event(tick, { kind: 'unleased', faults: this.unleased.list() })];
  }

  private haltInForce(tick: Tick): Uint8Array {
    const halt = this.halt.current;
    return this.frames.event(tick, { kind: 'halt', halt: halt === null ? null : haltView(halt) });
  }
}
