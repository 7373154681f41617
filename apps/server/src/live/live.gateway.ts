import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, type OnGatewayDisconnect, type OnGatewayInit } from '@nestjs/websockets';
import type { Server } from 'socket.io';
import { z } from 'zod';
import { LIVE_PATH, type LiveClientEvents, type LiveServerEvents, type LiveView } from '#contracts';
import { Require } from '../access/require.decorator.js';
import { SocketAuthenticator } from '../access/socket-authenticator.js';
import { SocketErrorFilter } from '../errors/socket-error.filter.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { MessageAllowance } from '../agents/message-allowance.js';
import { LiveClient, type LiveSocket } from './live-client.js';
import { WORLD_ROOM, WorldStream } from './world-stream.service.js';

const liveViewSchema = z.strictObject({ kind: z.literal('world') }) satisfies z.ZodType<LiveView>;

// What a browser sends is a few words long.
const MAX_MESSAGE_BYTES = 4_096;
// A new start costs a keyframe; a client that keeps asking is wrong or hostile, and the next periodic keyframe mends it anyway.
const STARTS = { burst: 5, perSec: 0.5 };

interface Watcher {
  readonly client: LiveClient;
  readonly starts: MessageAllowance;
}

/** The socket.io door of the live stream. Who may come in is settled in the handshake, what they may ask for by the guard. */
@WebSocketGateway({
  path: LIVE_PATH,
  transports: ['websocket', 'polling'],
  // Measured in research: deflate a message costs a full core at a thousand clients, and the frames are dense already.
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: MAX_MESSAGE_BYTES,
  serveClient: false,
  // The agents' endpoint is on the same server: engine.io must leave upgrades of other paths alone.
  destroyUpgrade: false,
})
@UseFilters(SocketErrorFilter)
export class LiveGateway implements OnGatewayInit<Server<LiveClientEvents, LiveServerEvents>>, OnGatewayDisconnect<LiveSocket> {
  private readonly watchers = new Map<LiveSocket, Watcher>();

  constructor(
    private readonly stream: WorldStream,
    private readonly authenticator: SocketAuthenticator,
  ) {}

  afterInit(server: Server<LiveClientEvents, LiveServerEvents>): void {
    server.use(this.authenticator.authenticateSocket);
    this.stream.open((frame) => server.to(WORLD_ROOM).emit('frame', frame));
  }

  handleDisconnect(socket: LiveSocket): void {
    const watcher = this.watchers.get(socket);
    this.watchers.delete(socket);
    if (watcher !== undefined) this.stream.remove(watcher.client);
  }

  @SubscribeMessage('subscribe')
  @Require('live.read')
  subscribe(@ConnectedSocket() socket: LiveSocket, @MessageBody(new ZodPipe(liveViewSchema)) _view: LiveView): { ok: true } {
    // Asking twice is not wrong: it gives a second start and no second place.
    if (this.watchers.has(socket)) this.resync(socket);
    else this.admit(socket);
    return { ok: true };
  }

  @SubscribeMessage('resync')
  @Require('live.read')
  resync(@ConnectedSocket() socket: LiveSocket): void {
    const watcher = this.watchers.get(socket);
    if (watcher?.starts.take(performance.now())) this.stream.resync(watcher.client);
  }

  private admit(socket: LiveSocket): void {
    const client = new LiveClient(socket);
    this.watchers.set(socket, { client, starts: new MessageAllowance(STARTS, performance.now()) });
    this.stream.add(client);
  }
}
