import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { listAudit } from '../../api/audit.js';
import { ActionError } from '../action/action-error.js';
import { QuietNote } from '../action/quiet-note.js';
import { AuditRow } from './audit-row.js';
import { Page } from './page.js';
import classes from './page.module.css';
import { RecordTable } from './record-table.js';

const PAGE_ROWS = 50;

/** Every change anyone made, newest first, each row sealed by a hash over the one before. */
export function AuditPage() {
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => listAudit(pageParam, PAGE_ROWS),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.length < PAGE_ROWS ? undefined : (last.at(-1)?.id ?? undefined)),
  });
  const rows = audit.data?.pages.flat() ?? [];
  return (
    <Page title="Audit" intro="Every change and every refusal. Rows are only ever added; each hash covers its row and the hash before it, so a changed past shows.">
      <ActionError error={audit.error} />
      {audit.isSuccess && rows.length === 0 && <QuietNote title="Nothing has been changed yet" />}
      {rows.length > 0 && (
        <RecordTable columns={['When', 'Who', 'What', 'On', 'Outcome', 'Hash']}>
          {rows.map((row) => (
            <AuditRow key={row.id} row={row} />
          ))}
        </RecordTable>
      )}
      {audit.hasNextPage && (
        <Button variant="default" className={classes.pager} loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          Show older
        </Button>
      )}
    </Page>
  );
}
