/** Why Faultline stops: a signal and the like, or a failure of its own. */
export type StopReason = { readonly kind: 'asked'; readonly by: string } | { readonly kind: 'broken'; readonly error: unknown };

export interface StopRequest {
  /** Resolves with the first reason. */
  readonly asked: Promise<StopReason>;
  /** Resolves when somebody asks again, because the orderly stop takes too long for them. */
  readonly insisted: Promise<void>;
  dispose(): void;
}

/**
 * Ctrl-C reaches us twice: from the terminal, and passed on by npm. So what follows within this time is the same request,
 * and a person who means it needs longer than that to find out that it takes too long.
 */
const SAME_REQUEST_MS = 1_000;
const LOOK_FOR_PARENT_MS = 500;

/** Listens to everything that can ask us to stop: signals, the end of the npm that runs us, an error nobody caught. */
export function listenForStop(options: { readonly parentIsNpm: boolean }): StopRequest {
  let ask: (reason: StopReason) => void = () => undefined;
  let insist: () => void = () => undefined;
  const asked = new Promise<StopReason>((resolve) => (ask = resolve));
  const insisted = new Promise<void>((resolve) => (insist = resolve));
  let firstMs: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (firstMs !== null && performance.now() - firstMs > SAME_REQUEST_MS && signal !== 'SIGHUP') insist();
    firstMs ??= performance.now();
    ask({ kind: 'asked', by: signal });
  };
  const onError = (error: unknown): void => ask({ kind: 'broken', error });
  const disposers = [on(['SIGINT', 'SIGTERM', 'SIGHUP'], onSignal), on(['uncaughtException', 'unhandledRejection'], onError)];
  if (options.parentIsNpm) disposers.push(watchParent(() => ask({ kind: 'asked', by: 'the end of npm' })));
  return { asked, insisted, dispose: () => disposers.forEach((off) => off()) };
}

function on<T>(events: readonly string[], listener: (value: T) => void): () => void {
  events.forEach((event) => process.on(event, listener));
  return () => events.forEach((event) => process.off(event, listener));
}

/** npm that is killed cannot pass anything on; we are then handed to another parent. */
function watchParent(onGone: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, LOOK_FOR_PARENT_MS);
  timer.unref();
  return () => clearInterval(timer);
}
