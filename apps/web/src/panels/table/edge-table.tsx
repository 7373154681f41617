import { Button, TextInput } from '@mantine/core';
import { useCallback } from 'react';
import { useSelection } from '../selection/use-selection.js';
import { QuietNote } from '../action/quiet-note.js';
import { ColumnHeads } from './column-heads.js';
import { EdgeRow } from './edge-row.js';
import classes from './edge-table.module.css';
import { RegionRow } from './region-row.js';
import type { TableRow } from './table-rows.js';
import { rowKey, useRowKeys } from './use-row-keys.js';
import { useTable } from './use-table.js';

/** The picture as a tree grid: the same edges, the same selection, all of it from the keyboard. */
export function EdgeTable() {
  const table = useTable();
  const { selection, select } = useSelection();
  const { rows, setRegionOpen } = table;
  const selectEdge = useCallback((id: number) => select({ kind: 'edge', id }), [select]);
  const enter = useCallback(
    (row: TableRow) => {
      if (row.kind === 'region') return setRegionOpen(row.region, !row.open);
      selectEdge(row.id);
      // The panel shows the edge after this turn; its title takes the focus so that Tab goes on inside it.
      setTimeout(() => document.getElementById('details-title')?.focus());
    },
    [setRegionOpen, selectEdge],
  );
  const keys = useRowKeys(rows, { onEnter: enter, onOpen: setRegionOpen });
  return (
    <section className={classes.section} aria-label="Edges">
      <div className={classes.tools}>
        <TextInput aria-label="Filter edges by name" placeholder="Filter by name" value={table.filter} onChange={(event) => table.setFilter(event.currentTarget.value)} className={classes.filter} />
        <Button variant="default" onClick={table.orderAgain}>
          Sort again
        </Button>
        <p className={classes.note}>Numbers are live; rows keep their place until you sort.</p>
      </div>
      <div className={classes.scroll}>
        <table role="treegrid" aria-label="Edges by region of the caller" className={classes.table} onKeyDown={keys.onKeyDown}>
          <ColumnHeads sort={table.sort} onSort={table.sortBy} />
          <tbody>
            {rows.map((row) =>
              row.kind === 'region' ? (
                <RegionRow key={rowKey(row)} row={row} rowId={rowKey(row)} active={keys.activeKey === rowKey(row)} onToggle={setRegionOpen} onFocus={keys.setActive} />
              ) : (
                <EdgeRow
                  key={rowKey(row)}
                  id={row.id}
                  rowId={rowKey(row)}
                  active={keys.activeKey === rowKey(row)}
                  selected={selection?.kind === 'edge' && selection.id === row.id}
                  onSelect={selectEdge}
                  onFocus={keys.setActive}
                />
              ),
            )}
          </tbody>
        </table>
        {rows.length === 0 && <QuietNote title="No edge matches">Clear the filter to see all of them.</QuietNote>}
      </div>
    </section>
  );
}
