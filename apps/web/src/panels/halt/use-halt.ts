import { useQuery } from '@tanstack/react-query';
import type { HaltView } from '#contracts';
import { readHalt } from '../../api/halt.js';
import { useWorld } from '../world/use-world.js';

/** The halt in force: as the stream says, or as the HTTP API says while the stream is away. */
export function useHalt(): HaltView | null {
  const streamed = useWorld((world) => world.halt);
  const streaming = useWorld((world) => world.status === 'live' || world.status === 'stale');
  const asked = useQuery({ queryKey: ['halt'], queryFn: readHalt, enabled: !streaming });
  return streaming ? streamed : (asked.data ?? streamed);
}
