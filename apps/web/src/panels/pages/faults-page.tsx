import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { listFaults } from '../../api/faults.js';
import { QuietNote } from '../action/quiet-note.js';
import { NowSection } from '../now/now-section.js';
import { useWorld } from '../world/use-world.js';
import { FaultTable } from './fault-table.js';
import { Page } from './page.js';
import { Rows } from './rows.js';
import { Section } from './section.js';

/** Every fault there was: what acts now, and what the others did. */
export function FaultsPage() {
  const queries = useQueryClient();
  const ended = useQuery({ queryKey: ['faults', 'ended'], queryFn: () => listFaults('ended') });
  // The stream tells when the lists are out of date.
  const faults = useWorld((world) => world.faults);
  const unleased = useWorld((world) => world.unleased);
  useEffect(() => void queries.invalidateQueries({ queryKey: ['faults'] }), [queries, faults, unleased]);
  const select = (
    <Button variant="default" renderRoot={(props) => <Link to="/live" search={{ many: 'yes' }} {...props} />}>
      Select many edges
    </Button>
  );
  return (
    <Page title="Faults" intro="What acts now and what has acted. A fault ends by its duration, or by its lease when nobody renews it.">
      <Section title="Now" action={select}>
        <NowSection />
      </Section>
      <Section title="Ended">
        <Rows query={ended} empty={<QuietNote title="No fault has ended yet">Each fault that ends is kept here with what it did.</QuietNote>}>
          {(rows) => <FaultTable faults={rows} />}
        </Rows>
      </Section>
    </Page>
  );
}
