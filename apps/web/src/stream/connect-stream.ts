import { LIVE_PATH } from '#contracts';
import type { LiveClientEvents, LiveServerEvents } from '#contracts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { WorldSource } from '../model/world.js';
import { FrameReader } from './frame-reader.js';
import { isSignInRefusal } from './sign-in-refusal.js';
import { createWorldStore } from './world-store.js';

export interface StreamOptions {
  /** Where the server is; the page's own origin when left out. */
  readonly url?: string;
  /** The session is over or there is none: show the sign-in page. */
  onSignedOut(): void;
}

export interface Stream extends WorldSource {
  close(): void;
}

type LiveSocket = Socket<LiveServerEvents, LiveClientEvents>;

const WATCH_EVERY_MS = 1_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 8_000;

/** The live stream of a server as a source of worlds. It reconnects by itself until it is closed or the session is over. */
export function connectStream(options: StreamOptions): Stream {
  const store = createWorldStore();
  const socket: LiveSocket = io(options.url ?? '', {
    path: LIVE_PATH,
    transports: ['websocket'],
    withCredentials: true,
    reconnectionDelay: RETRY_MIN_MS,
    reconnectionDelayMax: RETRY_MAX_MS,
    randomizationFactor: 0.5,
  });
  const reader = new FrameReader({ store, resync: () => socket.emit('resync'), nowMs: () => performance.now(), isHidden: () => document.hidden });
  const retry = retryRefused(socket);
  follow({ socket, reader, retry, options });
  const watch = setInterval(() => reader.checkAge(), WATCH_EVERY_MS);
  const onVisible = () => reader.publish();
  document.addEventListener('visibilitychange', onVisible);
  return {
    get: store.get,
    subscribe: store.subscribe,
    close() {
      document.removeEventListener('visibilitychange', onVisible);
      clearInterval(watch);
      retry.cancel();
      socket.disconnect();
    },
  };
}

interface Following {
  readonly socket: LiveSocket;
  readonly reader: FrameReader;
  readonly retry: Retry;
  readonly options: StreamOptions;
}

function follow({ socket, reader, retry, options }: Following): void {
  const signOut = () => {
    retry.cancel();
    socket.disconnect();
    reader.setStatus('signed-out');
    options.onSignedOut();
  };
  let seen = false;
  socket.on('connect', () => {
    seen = true;
    reader.startOver();
    socket.emit('subscribe', { kind: 'world' }, (answer) => {
      if (answer.ok) return;
      if (isSignInRefusal(answer)) signOut();
      else reader.setStatus('disconnected');
    });
  });
  // The browser hands binary attachments over as ArrayBuffer, whatever the event map says.
  socket.on('frame', (bytes: Uint8Array | ArrayBuffer) => reader.read(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)));
  socket.on('disconnect', () => {
    reader.setStatus('disconnected');
    retry.later();
  });
  socket.on('connect_error', (error) => {
    if (isSignInRefusal(error)) return signOut();
    reader.setStatus(seen ? 'disconnected' : 'connecting');
    retry.later();
  });
}

interface Retry {
  later(): void;
  cancel(): void;
}

/** socket.io tries again by itself after a lost connection, but not after the server closed or refused one. */
function retryRefused(socket: LiveSocket): Retry {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancelled = false;
  return {
    later() {
      if (socket.active || timer !== undefined || cancelled) return;
      timer = setTimeout(() => {
        timer = undefined;
        socket.connect();
      }, RETRY_MIN_MS + Math.random() * (RETRY_MAX_MS - RETRY_MIN_MS));
    },
    cancel() {
      cancelled = true;
      clearTimeout(timer);
    },
  };
}
