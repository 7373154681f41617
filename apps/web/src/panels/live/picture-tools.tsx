import { useMemo } from 'react';
import { useHotkeys } from '../shell/use-hotkeys.js';
import classes from './live.module.css';
import { ToolButton } from './tool-button.js';

interface PictureToolsProps {
  readonly paused: boolean;
  readonly onPause: () => void;
  readonly flat: boolean;
  readonly onFlat: () => void;
  readonly onFrame: () => void;
}

/** How the picture moves and from where it is seen. Data go on while motion is paused. */
export function PictureTools({ paused, onPause, flat, onFlat, onFrame }: PictureToolsProps) {
  useHotkeys(useMemo(() => ({ ' ': onPause, f: onFlat, '0': onFrame }), [onPause, onFlat, onFrame]));
  return (
    <div className={classes.tools} role="toolbar" aria-label="Picture">
      <ToolButton label={paused ? 'Resume motion' : 'Pause motion'} hotkey="Space" pressed={paused} onClick={onPause} />
      <ToolButton label="Flat view" hotkey="F" pressed={flat} onClick={onFlat} />
      <ToolButton label="Frame all" hotkey="0" onClick={onFrame} />
    </div>
  );
}
