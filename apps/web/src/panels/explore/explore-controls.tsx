import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '../format/number.js';
import classes from './explore-controls.module.css';
import type { ExploreSettings } from './explore-state.js';
import type { RefreshSec } from './explore-view.js';
import { REFRESH_CHOICES_SEC } from './explore-view.js';
import { durationText, parseDuration } from './prom-duration.js';
import { RangePicker } from './range-picker.js';
import { MAX_POINTS, chooseStep } from './step-choice.js';
import type { TimeRange } from './time-range.js';
import { shifted, spanOf, widened } from './time-range.js';

interface ExploreControlsProps {
  readonly settings: ExploreSettings;
  readonly nowSec: () => number;
  /** Long enough to offer a way out. */
  readonly busy: boolean;
  readonly onRange: (range: TimeRange) => void;
  readonly onStep: (stepSec: number | null) => void;
  readonly onRefresh: (refreshSec: RefreshSec) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** When, how fine, how often; and the button that asks. */
export function ExploreControls({ settings: { range, stepSec, refreshSec }, nowSec, busy, onRange, onStep, onRefresh, onRun, onCancel }: ExploreControlsProps) {
  const { fromSec, toSec } = spanOf(range, nowSec());
  return (
    <div className={classes.bar}>
      <div className={classes.group} role="group" aria-label="Time range">
        <Button variant="default" className={classes.arrow} aria-label="Back by half the range" onClick={() => onRange(shifted(range, -1, nowSec()))}>
          ‹
        </Button>
        <RangePicker range={range} nowSec={nowSec} onChange={onRange} />
        <Button variant="default" className={classes.arrow} aria-label="Forward by half the range" disabled={range.kind === 'last'} onClick={() => onRange(shifted(range, 1, nowSec()))}>
          ›
        </Button>
        <Button variant="default" className={classes.arrow} aria-label="Zoom out to twice the range" onClick={() => onRange(widened(range, nowSec()))}>
          −
        </Button>
      </div>
      <StepInput key={stepSec} rangeSec={toSec - fromSec} stepSec={stepSec} onChange={onStep} />
      <NativeSelect
        className={classes.refresh}
        aria-label="Refresh"
        value={String(refreshSec)}
        onChange={(event) => onRefresh(REFRESH_CHOICES_SEC.find((sec) => String(sec) === event.currentTarget.value) ?? 0)}
        data={REFRESH_CHOICES_SEC.map((sec) => ({ value: String(sec), label: sec === 0 ? 'No refresh' : `Every ${durationText(sec)}` }))}
      />
      {busy ? (
        <Button variant="default" className={classes.run} onClick={onCancel}>
          Cancel
        </Button>
      ) : (
        <Button className={classes.run} onClick={onRun} title="Ctrl or Cmd with Enter">
          Run
        </Button>
      )}
    </div>
  );
}

interface StepInputProps {
  readonly rangeSec: number;
  readonly stepSec: number | null;
  readonly onChange: (stepSec: number | null) => void;
}

/** Empty means by the length of the range. Counts when it is left or entered. */
function StepInput({ rangeSec, stepSec, onChange }: StepInputProps) {
  const [text, setText] = useState(stepSec === null ? '' : durationText(stepSec));
  const typed = text.trim() === '' ? null : parseDuration(text);
  const wrong = text.trim() !== '' && typed === null;
  const { sec, raised } = chooseStep(rangeSec, stepSec);
  const commit = (): void => {
    if (!wrong && typed !== stepSec) onChange(typed);
  };
  const problem = wrong ? 'Such as 15s or 1m30s' : raised && typed === stepSec ? `${durationText(sec)} is used: at most ${formatCount(MAX_POINTS)} points` : undefined;
  return (
    <div className={classes.step}>
      <TextInput
        aria-label="Step"
        leftSection={<span className={classes.unit}>Step</span>}
        leftSectionWidth={46}
        placeholder={`auto (${durationText(chooseStep(rangeSec, null).sec)})`}
        value={text}
        error={wrong}
        aria-describedby={problem === undefined ? undefined : 'step-problem'}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {problem !== undefined && (
        <span id="step-problem" className={classes.problem} role="status">
          {problem}
        </span>
      )}
    </div>
  );
}
