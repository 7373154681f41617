import { useSyncExternalStore } from 'react';

const KEY = 'faultline.shortcuts';
const listeners = new Set<() => void>();

/** Whether single-key shortcuts act; kept in this browser. */
export function useShortcutsEnabled(): boolean {
  return useSyncExternalStore(subscribe, read);
}

export function setShortcutsEnabled(enabled: boolean): void {
  localStorage.setItem(KEY, enabled ? 'on' : 'off');
  for (const listener of listeners) listener();
}

function read(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
