import { Button, Popover, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import classes from './range-picker.module.css';
import type { Span, TimeRange } from './time-range.js';
import { QUICK_RANGES_SEC, between, localText, parseLocal, rangeText, spanOf } from './time-range.js';

interface RangePickerProps {
  readonly range: TimeRange;
  readonly nowSec: () => number;
  readonly onChange: (range: TimeRange) => void;
}

/** Which time is looked at: so long until now, or from one moment to another. */
export function RangePicker({ range, nowSec, onChange }: RangePickerProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const choose = (chosen: TimeRange): void => {
    close();
    onChange(chosen);
  };
  return (
    <Popover opened={opened} onChange={(open) => !open && close()} position="bottom-end" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" onClick={toggle} aria-expanded={opened} className={classes.button}>
          {rangeText(range)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <ul className={classes.quick}>
          {QUICK_RANGES_SEC.map((sec) => (
            <li key={sec}>
              <button type="button" className={classes.choice} aria-pressed={range.kind === 'last' && range.sec === sec} onClick={() => choose({ kind: 'last', sec })}>
                {rangeText({ kind: 'last', sec })}
              </button>
            </li>
          ))}
        </ul>
        <SpanForm span={spanOf(range, nowSec())} nowSec={nowSec} onApply={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface SpanFormProps {
  readonly span: Span;
  readonly nowSec: () => number;
  readonly onApply: (range: TimeRange) => void;
}

const NOT_A_TIME = 'Write it as 2026-11-23 08:30:00';

function SpanForm({ span, nowSec, onApply }: SpanFormProps) {
  const [from, setFrom] = useState(localText(span.fromSec));
  const [to, setTo] = useState(localText(span.toSec));
  const [checked, setChecked] = useState(false);
  const [fromSec, toSec] = [parseLocal(from, nowSec()), parseLocal(to, nowSec())];
  const apply = (event: React.FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (fromSec !== null && toSec !== null && fromSec < toSec) onApply(between(fromSec, toSec));
  };
  return (
    <form className={classes.span} onSubmit={apply} noValidate>
      <TextInput label="From" size="sm" value={from} onChange={(event) => setFrom(event.currentTarget.value)} error={checked && fromSec === null && NOT_A_TIME} />
      <TextInput label="To" size="sm" value={to} onChange={(event) => setTo(event.currentTarget.value)} error={checked && (toSec === null ? NOT_A_TIME : fromSec !== null && fromSec >= toSec && 'It must be after the beginning')} />
      <p className={classes.hint}>Your time zone. “now” works too.</p>
      <Button type="submit" size="sm">
        Apply
      </Button>
    </form>
  );
}
