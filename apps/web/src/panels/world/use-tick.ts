import { useEffect, useState } from 'react';

/** Renders again every `everyMs`: for what changes with time alone, such as an age or a countdown. */
export function useTick(everyMs: number): void {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
