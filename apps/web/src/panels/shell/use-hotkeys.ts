import { useEffect } from 'react';
import { useShortcutsEnabled } from './shortcuts-enabled.js';

/** Key (as in KeyboardEvent.key, lower case) to action. */
export type Hotkeys = Readonly<Record<string, () => void>>;

/** Single keys for the whole page: silent while text is typed, with a modifier held, or when the reader has turned them off (WCAG 2.1.4). */
export function useHotkeys(hotkeys: Hotkeys): void {
  const enabled = useShortcutsEnabled();
  useEffect(() => {
    if (!enabled) return;
    const act = (event: KeyboardEvent): void => {
      const action = hotkeys[event.key.toLowerCase()];
      if (action === undefined || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (takesText(event.target) || isInDialog(event.target) || (isActivation(event.key) && takesActivation(event.target))) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, [hotkeys, enabled]);
}

export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

// What a dialog does with a key is its own business.
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}

// Space and Enter belong to a focused control before they belong to the page.
function isActivation(key: string): boolean {
  return key === ' ' || key === 'Enter';
}

function takesActivation(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, input, tr, [role="option"], [role="menuitem"]') !== null;
}
