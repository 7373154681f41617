import { useCallback, useEffect, useRef, useState } from 'react';

export const HOLD_MS = 600;

/** Calls `onHeld` once a press has lasted HOLD_MS; `onTap` when it ended sooner. */
export function useHold(onHeld: () => void, onTap: () => void) {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const clear = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setHolding(false);
  }, []);
  useEffect(() => clear, [clear]);

  const begin = useCallback(() => {
    if (timer.current !== null) return;
    setHolding(true);
    timer.current = setTimeout(() => {
      clear();
      onHeld();
    }, HOLD_MS);
  }, [clear, onHeld]);

  /** The press ended: a tap when it was still counting. */
  const release = useCallback(() => {
    const wasHolding = timer.current !== null;
    clear();
    if (wasHolding) onTap();
  }, [clear, onTap]);

  return { holding, begin, release, cancel: clear };
}
