import type { ReactNode } from 'react';
import classes from './quiet-note.module.css';

/** A designed empty place: what is not here, and the next action. */
export function QuietNote({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.note}>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
    </div>
  );
}
