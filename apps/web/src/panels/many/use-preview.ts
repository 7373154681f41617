import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { edgeKeyText } from '#contracts';
import type { PreviewRequest, PreviewView } from '#contracts';
import { previewSelected } from '../../api/faults.js';

// What crosses the picked edges changes while it is looked at; typing pauses this long before it is asked.
const PREVIEW_EVERY_MS = 5_000;
const TYPING_MS = 300;

interface Preview {
  /** Null while there is none for exactly what is typed. */
  readonly view: PreviewView | null;
  readonly error: unknown;
}

/** What a request would hit, kept up to date while it is looked at; `onPicked` is told which edges (`edgeKeyText`), for the picture. */
export function usePreview(request: PreviewRequest | null, onPicked: (edges: ReadonlySet<string> | null) => void): Preview {
  const wanted = JSON.stringify(request);
  const [settled] = useDebouncedValue(wanted, TYPING_MS);
  const asked = useMemo(() => JSON.parse(settled) as PreviewRequest | null, [settled]);
  const preview = useQuery({
    queryKey: ['preview', settled],
    queryFn: () => (asked === null ? null : previewSelected(asked)),
    refetchInterval: PREVIEW_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const shown = request === null ? null : (preview.data ?? null);
  useEffect(() => {
    onPicked(shown === null ? null : pickedEdges(shown));
    return () => onPicked(null);
  }, [shown, onPicked]);
  const settledNow = wanted === settled && !preview.isPlaceholderData;
  return { view: settledNow ? shown : null, error: wanted === settled ? preview.error : null };
}

function pickedEdges({ picked }: PreviewView): ReadonlySet<string> {
  return new Set(picked.flatMap(({ target }) => (target.type === 'edge' ? [edgeKeyText(target.edge)] : [])));
}
