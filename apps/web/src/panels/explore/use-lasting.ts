import { useEffect, useState } from 'react';

/** True once something has been so for this long: what is over in a moment shows nothing. */
export function useLasting(now: boolean, afterMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(now), now ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [now, afterMs]);
  return lasting && now;
}
