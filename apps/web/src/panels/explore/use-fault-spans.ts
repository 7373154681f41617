import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listFaults } from '../../api/faults.js';
import { useWorld } from '../world/use-world.js';
import { faultsIn, joinedShades } from './fault-spans.js';

/** The faults that acted in this time and what they shade: from the stream those of now and just now, from the API those that ended before. */
export function useFaultSpans(fromSec: number, toSec: number) {
  const ended = useQuery({ queryKey: ['faults', 'ended'], queryFn: () => listFaults('ended') });
  const live = useWorld((world) => world.faults);
  const justEnded = useWorld((world) => world.endedFaults);
  const faults = useMemo(() => {
    const byId = new Map([...(ended.data ?? []), ...justEnded, ...live].map((fault) => [fault.id, fault]));
    return faultsIn([...byId.values()], { fromSec, toSec });
  }, [ended.data, justEnded, live, fromSec, toSec]);
  // A new array makes the plot anew, so it is only a new one when a shade is.
  const text = JSON.stringify(joinedShades(faults));
  const shades = useMemo(() => JSON.parse(text) as ReturnType<typeof joinedShades>, [text]);
  return { faults, shades };
}
