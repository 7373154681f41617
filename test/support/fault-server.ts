import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AGENT_PATH, LEASE_RENEW_EVERY_MS, LEASE_TTL_MS, agentMessageSchema } from '#contracts';
import type { AgentMessage, FaultOrder, ServerMessage } from '#contracts';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** How the stand-in answers renewals: grants all, says nothing, or knows none of them. */
type Renewing = 'grants' | 'ignores' | 'knows-none';

/** A stand-in for the server's side of the agent channel, in the test's hands: it enrols anyone and says what it is told to. */
export class FaultServer {
  readonly heard: AgentMessage[] = [];
  renewing: Renewing = 'grants';
  enrolments = 0;
  /** Secrets that are good; any other is answered with 401. */
  readonly secrets = new Set<string>();
  private sockets: WebSocket[] = [];
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private http: Server,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<FaultServer> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    const server = new FaultServer(http, (http.address() as AddressInfo).port);
    server.serve();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  say(message: ServerMessage | { readonly type: string; readonly [key: string]: unknown }): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(message));
  }
  sayRaw(text: string): void {
    for (const socket of this.sockets) socket.send(text);
  }

  apply(order: FaultOrder): void {
    this.say({ type: 'apply', order });
  }

  /** The first message of the type, heard already or to come, of which `holds` is true. */
  async hear<T extends AgentMessage['type']>(type: T, holds: (message: Extract<AgentMessage, { type: T }>) => boolean = () => true): Promise<Extract<AgentMessage, { type: T }>> {
    for (;;) {
      const found = this.heard.find((message): message is Extract<AgentMessage, { type: T }> => message.type === type && holds(message as Extract<AgentMessage, { type: T }>));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Cuts every connection; the agent may come back. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  async stop(): Promise<void> {
    this.cut();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private serve(): void {
    this.http.on('request', (request, response) => {
      request.resume().on('end', () => {
        const secret = `secret-${(this.enrolments += 1)}`;
        this.secrets.add(secret);
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ agent: 'local', secret }));
      });
    });
    const channel = new WebSocketServer({ noServer: true });
    this.http.on('upgrade', (request, socket, head) => {
      const known = this.secrets.has(request.headers.authorization?.replace('Bearer ', '') ?? '');
      if (request.url !== AGENT_PATH || !known) return void socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      channel.handleUpgrade(request, socket, head, (accepted) => this.accept(accepted));
    });
  }

  private accept(socket: WebSocket): void {
    this.sockets.push(socket);
    socket.on('close', () => (this.sockets = this.sockets.filter((other) => other !== socket)));
    socket.on('message', (data) => {
      const message = agentMessageSchema.parse(JSON.parse(String(data)));
      this.answer(socket, message);
      this.heard.push(message);
      for (const resolve of this.waiting.splice(0)) resolve();
    });
  }

  private answer(socket: WebSocket, message: AgentMessage): void {
    const reply = (answer: ServerMessage): void => socket.send(JSON.stringify(answer));
    if (message.type === 'hello') reply({ type: 'welcome', agent: 'local', leaseTtlMs: LEASE_TTL_MS, renewEveryMs: LEASE_RENEW_EVERY_MS, serverTimeMs: Date.now() });
    if (message.type === 'renew' && this.renewing === 'grants') reply({ type: 'renewed', faultIds: message.faultIds, refused: [] });
    if (message.type === 'renew' && this.renewing === 'knows-none') reply({ type: 'renewed', faultIds: [], refused: [] });
  }
}
