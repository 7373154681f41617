import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { EditorDesk } from './editor-desk.js';
import { errorPosition } from './error-position.js';
import { MAX_QUERIES } from './explore-address.js';
import { createPromqlSupport } from './promql-support.js';
import { PromqlEditor } from './promql-editor.js';
import classes from './query-list.module.css';
import { QueryNotes } from './query-notes.js';
import type { QueryRow } from './query-rows.js';
import { rowLetter } from './query-rows.js';
import type { Run, Runs } from './run-store.js';

interface QueryListProps {
  readonly rows: readonly QueryRow[];
  readonly runs: Runs;
  readonly desk: EditorDesk;
  readonly onEdit: (id: number, text: string) => void;
  readonly onHide: (id: number, hidden: boolean) => void;
  readonly onRemove: (id: number) => void;
  readonly onAdd: () => void;
  readonly onRun: () => void;
}

/** The queries, one below the other, each with what it gave. */
export function QueryList({ rows, runs, desk, onEdit, onHide, onRemove, onAdd, onRun }: QueryListProps) {
  const [support] = useState(createPromqlSupport);
  useEffect(() => () => support.close(), [support]);
  return (
    <div className={classes.list}>
      {rows.map((row, i) => {
        const { id, text, hidden } = row;
        const run = runs.get(id);
        const letter = rowLetter(i);
        return (
          <div key={id} className={classes.row} data-hidden={hidden}>
            <span className={classes.letter} aria-hidden="true">
              {letter}
            </span>
            <PromqlEditor id={id} label={`Query ${letter}`} text={text} support={support} desk={desk} refused={refusedIn(row, run)} onChange={(typed) => onEdit(id, typed)} onRun={onRun} />
            <div className={classes.tools}>
              <Button size="compact-sm" variant="subtle" className={classes.tool} aria-pressed={hidden} aria-label={`Hide query ${letter}`} onClick={() => onHide(id, !hidden)}>
                {hidden ? 'Show' : 'Hide'}
              </Button>
              <Button size="compact-sm" variant="subtle" className={classes.tool} aria-label={`Remove query ${letter}`} disabled={rows.length === 1 && text === ''} onClick={() => onRemove(id)}>
                Remove
              </Button>
            </div>
            <div className={classes.notes}>
              <QueryNotes run={run} edited={row.ran !== null && row.ran !== text} />
            </div>
          </div>
        );
      })}
      <div className={classes.add}>
        <Button size="compact-sm" variant="subtle" className={classes.tool} disabled={rows.length >= MAX_QUERIES} onClick={onAdd}>
          {rows.length >= MAX_QUERIES ? `${MAX_QUERIES} queries are the most` : '+ Add a query'}
        </Button>
      </div>
    </div>
  );
}

function refusedIn({ text }: QueryRow, run: Run | undefined) {
  if (run?.state !== 'failed' || run.request.query !== text || !(run.error instanceof Error)) return null;
  return errorPosition(text, run.error.message);
}
