import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listFaults } from '../../api/faults.js';
import { QuietNote } from '../action/quiet-note.js';
import { useWorld } from '../world/use-world.js';
import { FaultTable } from './fault-table.js';
import { Page } from './page.js';
import { Rows } from './rows.js';
import { Section } from './section.js';

/** Every fault there was: what acts now, and what the others did. */
export function FaultsPage() {
  const queries = useQueryClient();
  const live = useQuery({ queryKey: ['faults', 'live'], queryFn: () => listFaults('live') });
  const ended = useQuery({ queryKey: ['faults', 'ended'], queryFn: () => listFaults('ended') });
  // The stream tells when the lists are out of date, so nothing is polled.
  const faults = useWorld((world) => world.faults);
  useEffect(() => void queries.invalidateQueries({ queryKey: ['faults'] }), [queries, faults]);
  return (
    <Page title="Faults" intro="What acts now and what has acted. Every fault ends by itself: by its duration, or by its lease when nobody renews it.">
      <Section title="Live">
        <Rows query={live} empty={<QuietNote title="Nothing is broken on purpose">Open Live, click a line and inject a fault there.</QuietNote>}>
          {(rows) => <FaultTable faults={rows} live />}
        </Rows>
      </Section>
      <Section title="Ended">
        <Rows query={ended} empty={<QuietNote title="No fault has ended yet">Each fault that ends is kept here with what it did.</QuietNote>}>
          {(rows) => <FaultTable faults={rows} />}
        </Rows>
      </Section>
    </Page>
  );
}
