import { useEffect } from 'react';
import { useShortcutsEnabled } from '../shell/shortcuts-enabled.js';
import { takesText } from '../shell/use-hotkeys.js';

interface HoldKey {
  readonly begin: () => void;
  readonly release: () => void;
}

/** Holding `key` anywhere on the page, except while typing, counts as holding the button. */
export function useHoldKey(key: string, { begin, release }: HoldKey): void {
  const enabled = useShortcutsEnabled();
  useEffect(() => {
    if (!enabled) return;
    const down = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || event.repeat || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      begin();
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === key) release();
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
    };
  }, [key, begin, release, enabled]);
}
