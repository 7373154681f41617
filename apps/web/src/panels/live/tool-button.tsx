import classes from './live.module.css';

interface ToolButtonProps {
  readonly label: string;
  readonly hotkey: string;
  readonly onClick: () => void;
  /** Given for a button that stays down. */
  readonly pressed?: boolean;
}

/** A small button that also teaches its key. */
export function ToolButton({ label, hotkey, onClick, pressed }: ToolButtonProps) {
  return (
    <button type="button" className={classes.tool} onClick={onClick} {...(pressed !== undefined && { 'aria-pressed': pressed })}>
      {label}
      <kbd aria-hidden="true">{hotkey}</kbd>
    </button>
  );
}
