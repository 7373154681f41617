import type { EdgeKey, LiveEdgeState, LiveEvent, TopologyFrame } from '#contracts';
import { LIVE_PATH, edgeKeyText } from '#contracts';
import { FrameDecoder } from '#traffic';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

/** What a browser's picture knows, from the same frames and the same decoder. */
export class LiveReader {
  readonly events: LiveEvent[] = [];
  throughSec = 0;
  private readonly decoder = new FrameDecoder();
  private strings: string[] = [];
  private topology: TopologyFrame | null = null;
  private readonly states = new Map<number, LiveEdgeState>();
  private readonly onFrame: (() => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('frame', (bytes: ArrayBuffer | Uint8Array) => this.take(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)));
  }

  static async connect(origin: string, cookie: string): Promise<LiveReader> {
    const socket = io(origin, { path: LIVE_PATH, transports: ['websocket'], extraHeaders: { cookie, origin }, forceNew: true });
    const reader = new LiveReader(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', reject);
      socket.once('connect', resolve);
    });
    const answer = (await socket.timeout(10_000).emitWithAck('subscribe', { kind: 'world' })) as { ok: boolean; message?: string };
    if (!answer.ok) throw new Error(`subscribe was refused: ${answer.message ?? ''}`);
    return reader;
  }

  /** Told after every counted frame, with the requests of an edge as known then. */
  watch(listener: () => void): void {
    this.onFrame.push(listener);
  }

  nodeNames(): string[] {
    return (this.topology?.nodes ?? []).map((node) => this.strings[node.name] ?? '?');
  }

  edgeKeys(): EdgeKey[] {
    const names = new Map((this.topology?.nodes ?? []).map((node) => [node.id, this.strings[node.name] ?? '?']));
    return (this.topology?.edges ?? []).map((edge) => ({ source: names.get(edge.source) ?? '?', target: names.get(edge.target) ?? '?', protocol: edge.protocol }));
  }

  state(edge: EdgeKey): LiveEdgeState | undefined {
    const index = this.edgeKeys().findIndex((key) => edgeKeyText(key) === edgeKeyText(edge));
    const id = this.topology?.edges[index]?.id;
    return id === undefined ? undefined : this.states.get(id);
  }

  /** Requests of an edge since the start of the epoch. */
  requests(edge: EdgeKey): number {
    const state = this.state(edge);
    return state === undefined ? 0 : state.ok + state.clientError + state.serverError + state.noResponse;
  }

  close(): void {
    this.socket.disconnect();
  }

  private take(bytes: Uint8Array): void {
    const frame = this.decoder.decode(bytes);
    switch (frame.type) {
      case 'dictionary':
        this.strings = [...this.strings.slice(0, frame.firstIndex), ...frame.strings];
        return;
      case 'topology':
        this.topology = frame;
        return;
      case 'keyframe':
      case 'delta':
        for (const state of frame.edges) this.states.set(state.id, state);
        this.throughSec = frame.throughSec;
        for (const listener of this.onFrame) listener();
        return;
      case 'event':
        this.events.push(frame.event);
        return;
      case 'reset':
        this.states.clear();
        return;
      case 'gap':
        this.socket.emit('resync');
        return;
      default:
        throw new Error(`unknown frame ${JSON.stringify(frame satisfies never)}`);
    }
  }
}
