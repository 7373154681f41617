import { Button } from '@mantine/core';
import { QuietNote } from '../action/quiet-note.js';
import { useLiveSearch } from '../selection/use-live-search.js';

/** This machine cannot draw the picture; the table shows the same. */
export function NoPicture({ problem }: { readonly problem: string }) {
  const { change } = useLiveSearch();
  return (
    <QuietNote title="The picture cannot be drawn here">
      <p>It needs WebGL 2 in this browser ({problem}). The table shows the same edges and does all that the picture does.</p>
      <Button onClick={() => change((search) => ({ ...search, view: 'table' }))}>Open the table</Button>
    </QuietNote>
  );
}
