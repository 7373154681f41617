import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ActionError } from '../action/action-error.js';

interface RowsProps<T> {
  readonly query: UseQueryResult<readonly T[]>;
  readonly empty: ReactNode;
  readonly children: (rows: readonly T[]) => ReactNode;
}

/** What a table shows before, without and with its rows. Rows that were read stay while they are read again. */
export function Rows<T>({ query, empty, children }: RowsProps<T>) {
  if (query.data === undefined) {
    if (query.error !== null) return <ActionError error={query.error} />;
    return (
      <Stack gap={10} aria-label="Loading" aria-busy="true">
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={28} radius="sm" />
        ))}
      </Stack>
    );
  }
  return (
    <>
      {query.error !== null && <ActionError error={query.error} />}
      {query.data.length === 0 ? empty : children(query.data)}
    </>
  );
}
