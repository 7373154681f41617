import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AppError, type AgentMessage, type ServerMessage } from '#contracts';
import { AgentLinks, type AgentEvent } from './agent-links.service.js';

type Answer = Extract<AgentMessage, { requestId: string }>;
type Question = Extract<ServerMessage, { requestId: string }>;
type Unnumbered<T> = T extends unknown ? Omit<T, 'requestId'> : never;

// An agent opens or closes one listener; after this somebody waits for nothing.
const ANSWER_WAIT_MS = 5_000;

interface Pending {
  readonly agent: string;
  readonly done: (answer: Answer | null) => void;
}

/** Questions to agents that have an answer of their own, matched by a number. */
@Injectable()
export class AgentRequests implements OnModuleInit {
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly links: AgentLinks) {}

  onModuleInit(): void {
    this.links.events.follow((event) => this.followAgent(event));
  }

  /** The agent's answer. Throws AGENT_OFFLINE, also when the agent leaves before it answers, and AGENT_TIMEOUT. `what` is what the question is about. */
  async ask(agent: string, question: Unnumbered<Question>, what: string): Promise<Answer> {
    const requestId = randomUUID();
    const offline = (): AppError => new AppError('AGENT_OFFLINE', { agent, target: what });
    if (!this.links.send(agent, { ...question, requestId })) throw offline();
    return new Promise((resolve, reject) => {
      const silence = new AppError('AGENT_TIMEOUT', { agent, waitedMs: ANSWER_WAIT_MS, meanwhile: 'List its proxies to see whether it was done' });
      const timer = setTimeout(() => end(() => reject(silence)), ANSWER_WAIT_MS);
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.pending.delete(requestId);
        settle();
      };
      this.pending.set(requestId, { agent, done: (answer) => end(() => (answer === null ? reject(offline()) : resolve(answer))) });
    });
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'disconnected') for (const { agent, done } of [...this.pending.values()]) if (agent === event.agent.name) done(null);
    if (event.type !== 'message' || !('requestId' in event.message)) return;
    const pending = this.pending.get(event.message.requestId);
    // An agent answers its own questions only; an answer that nobody waits for any more came too late.
    if (pending?.agent === event.agent.name) pending.done(event.message);
  }
}
