import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { FlowReport } from '#contracts';
import { AgentLinks, type AgentEvent, type ConnectedAgent } from '../agents/agent-links.service.js';
import { flowReports } from './flow-metrics.js';
import { FlowRecorder } from './flow-recorder.service.js';
import { TrafficState } from './traffic-state.service.js';

// A report from further away comes from a clock that is wrong, and must not land in a second that it does not belong to.
const MAX_CLOCK_ERROR_SEC = 86_400;

/** Flow reports: into the picture at once, onto disk right after. The picture never waits for the disk. */
@Injectable()
export class FlowIntake implements OnModuleInit {
  private readonly log = new Logger('Flow');
  private readonly warnedBoots = new Set<string>();

  constructor(
    private readonly links: AgentLinks,
    private readonly state: TrafficState,
    private readonly recorder: FlowRecorder,
  ) {}

  onModuleInit(): void {
    this.links.events.follow((event) => this.followAgent(event));
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'connected' || event.type === 'described') this.recorder.begin(event.agent);
    if (event.type === 'message' && event.message.type === 'flow') this.take(event.agent, event.message.report);
  }

  private take(agent: ConnectedAgent, report: FlowReport): void {
    if (Math.abs(Date.now() / 1_000 - report.sec) > MAX_CLOCK_ERROR_SEC) return this.leaveOut(agent, report);
    const result = this.state.fold.fold(agent.name, agent.bootId, report);
    flowReports.inc({ result: result === 'duplicate' ? 'duplicate' : 'folded' });
    this.recorder.record(agent, report);
  }

  // Acknowledged like any other, in its turn, or the agent would send it for ever.
  private leaveOut(agent: ConnectedAgent, report: FlowReport): void {
    flowReports.inc({ result: 'wrong-clock' });
    this.recorder.record(agent, { ...report, edges: [] });
    if (this.warnedBoots.has(agent.bootId)) return;
    this.warnedBoots.add(agent.bootId);
    this.log.warn(`The agent ${agent.name} reports the second ${report.sec}, more than a day from this server's clock: its reports are left out. Correct its clock.`);
  }
}
