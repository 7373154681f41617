import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { LiveSearch } from './live-search.js';
import { parseLiveSearch } from './live-search.js';

/** The state in the address of the Live screen, and a way to change part of it. */
export function useLiveSearch(): { readonly search: LiveSearch; readonly change: (next: (search: LiveSearch) => LiveSearch) => void } {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = useMemo(() => parseLiveSearch(raw), [raw]);
  const change = useCallback(
    (next: (search: LiveSearch) => LiveSearch) => void navigate({ to: '/live', search: (current: Record<string, unknown>) => next(parseLiveSearch(current)), replace: true }),
    [navigate],
  );
  return { search, change };
}
