import { Button } from '@mantine/core';
import { QuietNote } from '../action/quiet-note.js';
import { useSelection } from '../selection/use-selection.js';

/** The address names an edge or node that this system does not have, or not any more. */
export function MissingPanel({ name }: { readonly name: string }) {
  const { select } = useSelection();
  return (
    <QuietNote title="Not in this system now">
      <p id="details-title">
        No agent reports “{name}”. It may have been renamed, or its agent may not be connected yet.
      </p>
      <Button variant="default" onClick={() => select(null)}>
        Show everything
      </Button>
    </QuietNote>
  );
}
