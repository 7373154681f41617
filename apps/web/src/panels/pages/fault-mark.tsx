import type { FaultState } from '#contracts';
import { STATE_TEXT } from '../fault/fault-state-text.js';
import classes from './fault-mark.module.css';

/** A fault's state as shape, colour and word. */
export function FaultMark({ state }: { readonly state: FaultState }) {
  return (
    <span className={classes.mark} data-state={state}>
      <span className={classes.glyph} aria-hidden="true" />
      {STATE_TEXT[state]}
    </span>
  );
}
