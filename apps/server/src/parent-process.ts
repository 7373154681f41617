import type { ChildMessage } from '#contracts';

/** Tells the process that started this one; resolves when it is sent. Nobody listens when it was started by hand. */
export function tellParent(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    // A parent that is gone by now cannot be told; `disconnect` ends this process.
    else process.send(message, undefined, undefined, () => resolve());
  });
}

/** Calls `stop` once, at the first of: SIGTERM, SIGINT, the end of the parent. A killed parent leaves no server behind. */
export function onStopRequest(stop: (reason: string) => void): void {
  let asked = false;
  const once = (reason: string) => () => {
    if (!asked) stop(reason);
    asked = true;
  };
  process.on('SIGTERM', once('SIGTERM'));
  process.on('SIGINT', once('SIGINT'));
  process.on('disconnect', once('the parent process is gone'));
}
