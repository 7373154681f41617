import { AGENT_PATH, serverMessageSchema } from '#contracts';
import type { AgentMessage, ServerMessage } from '#contracts';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { backoffMs } from './backoff.js';

const HANDSHAKE_TIMEOUT_MS = 5_000;
// A dead peer is found within 6 s, so that the agent is back at the server before its leases (10 s) are over.
const PING_EVERY_MS = 2_000;
const SILENT_FOR_MS = 6_000;
// A renewal answer about every fault an agent may hold is under half a megabyte.
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

export interface ServerChannelParts {
  readonly server: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** The secret to present, or null when there is none to be had now; called before each attempt. */
  readonly secret: () => Promise<string | null>;
  /** The server refused the secret. */
  readonly onUnauthorized: () => void;
  /** First message on a new connection. */
  readonly hello: () => AgentMessage;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onLost: () => void;
}

/** The agent's line to its server: one WebSocket, opened again for as long as the agent lives, watched for silence. */
export class ServerChannel {
  private socket: WebSocket | null = null;
  private failures = 0;
  private heardMs = 0;
  private stopped = false;
  private cancelRetry: (() => void) | null = null;
  private cancelPing: (() => void) | null = null;

  constructor(private readonly parts: ServerChannelParts) {}

  start(): void {
    void this.connect();
  }

  /** Closes for good; resolves when what was sent is on its way or the peer did not take it within a second. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelRetry?.();
    this.cancelPing?.();
    const { socket } = this;
    if (socket === null || socket.readyState !== WebSocket.OPEN) return socket?.terminate();
    await new Promise<void>((resolve) => {
      const cancel = this.parts.clock.after(1_000, () => socket.terminate());
      socket.once('close', () => {
        cancel();
        resolve();
      });
      socket.close(1000);
    });
  }

  /** False when there is no open connection; the message is then not kept. */
  send(message: AgentMessage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private async connect(): Promise<void> {
    const secret = await this.parts.secret();
    if (this.stopped) return;
    if (secret === null) return this.retry();
    const socket = new WebSocket(new URL(AGENT_PATH, this.parts.server), {
      headers: { authorization: `Bearer ${secret}` },
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.socket = socket;
    this.wire(socket);
  }

  private wire(socket: WebSocket): void {
    socket.on('open', () => {
      this.heardMs = this.parts.clock.monotonicMs();
      this.watchSilence(socket);
      this.send(this.parts.hello());
    });
    socket.on('message', (data, isBinary) => this.receive(isBinary ? null : data.toString()));
    socket.on('pong', () => this.heard());
    socket.on('ping', () => this.heard());
    socket.on('unexpected-response', (_request, response) => {
      if (response.statusCode === 401) this.parts.onUnauthorized();
      this.parts.log.warn({ status: response.statusCode }, 'The server refused the connection.');
      // With a listener here ws leaves the ending to us.
      socket.terminate();
    });
    socket.on('error', (error) => this.parts.log.debug({ err: error }, 'connection to the server failed'));
    socket.on('close', () => this.lost(socket));
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.socket = null;
    this.cancelPing?.();
    this.parts.onLost();
    if (!this.stopped) this.retry();
  }

  private retry(): void {
    this.cancelRetry = this.parts.clock.after(backoffMs(this.failures++, this.parts.random), () => void this.connect());
  }

  private heard(): void {
    this.heardMs = this.parts.clock.monotonicMs();
  }

  private watchSilence(socket: WebSocket): void {
    this.cancelPing = this.parts.clock.after(PING_EVERY_MS, () => {
      if (this.parts.clock.monotonicMs() - this.heardMs > SILENT_FOR_MS) return socket.terminate();
      socket.ping();
      this.watchSilence(socket);
    });
  }

  private receive(text: string | null): void {
    this.heard();
    const message = text === null ? null : parseServerMessage(text);
    if (message === null || !message.success) {
      const problem = message === null ? 'not JSON text' : z.prettifyError(message.error);
      return this.parts.log.warn({ problem }, 'A message of the server was not understood and is ignored.');
    }
    if (message.data.type === 'welcome') this.failures = 0;
    this.parts.onMessage(message.data);
  }
}

function parseServerMessage(text: string): z.ZodSafeParseResult<ServerMessage> | null {
  try {
    return serverMessageSchema.safeParse(JSON.parse(text));
  } catch {
    // Not JSON: the caller says so in the log.
    return null;
  }
}
