import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AGENT_PATH, LIVE_PATH } from '#contracts';
import { AgentLinks } from './agent-links.service.js';
import { AgentSecrets } from './agent-secrets.service.js';
import { AgentSession } from './agent-session.js';
import { refusedMessages } from './agent-metrics.js';
import { refuseUpgrade } from './refuse-upgrade.js';

// Room for a hello of 50,000 edges; nothing else comes near it.
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
const BEARER = /^Bearer +(\S{1,200})$/i;
const CLOSE_GOING_AWAY = 1001;

/** The WebSocket endpoint of the agents, on the same HTTP server as everything else. */
@Injectable()
export class AgentChannel implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('Agents');
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly secrets: AgentSecrets,
    private readonly links: AgentLinks,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const path = request.url?.split('?', 1)[0] ?? '';
      if (path === AGENT_PATH) void this.admit(request, socket, head);
      // The live stream's own server takes what is below its path; whatever else asks for an upgrade gets a plain answer.
      else if (!`${path}/`.startsWith(`${LIVE_PATH}/`)) refuseUpgrade(socket, 404);
    });
  }

  onModuleDestroy(): void {
    for (const socket of this.sockets.clients) socket.close(CLOSE_GOING_AWAY);
    this.sockets.close();
  }

  private async admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A caller that hangs up while its secret is looked up must not end the process.
    socket.on('error', () => socket.destroy());
    try {
      const name = await this.authenticate(request);
      if (name === null) return refuseUpgrade(socket, 401);
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => new AgentSession(webSocket, name, { links: this.links, onRefused: this.onRefused }));
    } catch (error) {
      this.log.error('An agent could not be admitted', error instanceof Error ? error.stack : String(error));
      refuseUpgrade(socket, 503);
    }
  }

  private async authenticate(request: IncomingMessage): Promise<string | null> {
    const secret = BEARER.exec(request.headers.authorization ?? '')?.[1];
    return secret === undefined ? null : this.secrets.agentOf(secret);
  }

  private readonly onRefused = (agent: string, problem: string): void => {
    refusedMessages.inc();
    this.log.warn(`Closed the connection of the agent ${agent}: ${problem}`);
  };
}
