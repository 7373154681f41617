import { Popover } from '@mantine/core';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useState } from 'react';
import { useHalt } from './use-halt.js';
import { useHaltEverything } from './use-halt-everything.js';
import { useHold } from './use-hold.js';
import { useHoldKey } from './use-hold-key.js';
import classes from './halt-button.module.css';
import { HaltConfirm } from './halt-confirm.js';

/** Ends every fault. Held for 0.6 s it acts at once; a short press asks instead, which also serves those who cannot hold. */
export function HaltButton() {
  const [asking, setAsking] = useState(false);
  const halt = useHaltEverything();
  const halted = useHalt() !== null;
  const { mutate } = halt;
  const act = useCallback(() => {
    setAsking(false);
    mutate('');
  }, [mutate]);
  const ask = useCallback(() => setAsking(true), []);
  const { holding, begin, release, cancel } = useHold(act, ask);
  useHoldKey('h', { begin, release: cancel });

  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat) begin();
  };
  const keyUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    // The release of Space would click, and a click without a pointer asks.
    event.preventDefault();
    release();
  };
  // Assistive technology clicks without pressing: there is nothing to hold, so it is asked.
  const click = (event: MouseEvent): void => {
    if (event.detail === 0 && !holding) ask();
  };
  return (
    <Popover opened={asking || halt.isError} onChange={setAsking} onClose={halt.reset} position="bottom-end" width={340} shadow="lg" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={classes.halt}
          data-holding={holding || undefined}
          data-halted={halted || undefined}
          aria-label="Halt everything: hold for 0.6 seconds, or press to confirm"
          onPointerDown={(event) => event.button === 0 && begin()}
          onPointerUp={release}
          onPointerLeave={cancel}
          onPointerCancel={cancel}
          onKeyDown={keyDown}
          onKeyUp={keyUp}
          onBlur={cancel}
          onClick={click}
        >
          <span className={classes.fill} aria-hidden="true" />
          <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" className={classes.sign}>
            <path d="M5.6 1h6.8L17 5.6v6.8L12.4 17H5.6L1 12.4V5.6z" fill="currentColor" />
            <rect x="5.5" y="7.6" width="7" height="2.8" rx=".6" fill="var(--fl-halt)" />
          </svg>
          <span className={classes.label}>{halt.isPending ? 'HALTING' : 'HALT'}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <HaltConfirm halt={halt} onDone={() => setAsking(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
