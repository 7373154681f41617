import type { ChildMessage } from '#contracts';

/** Says something over the IPC channel. Without one, a person runs us and reads stderr. */
export function tellParent(message: ChildMessage): void {
  if (process.send === undefined || !process.connected) return;
  process.send(message, undefined, undefined, () => {
    // The parent may be gone by now; `disconnect` is what tells us.
  });
}
