import { Button, CopyButton } from '@mantine/core';
import classes from './one-time-secret.module.css';

interface OneTimeSecretProps {
  readonly label: string;
  readonly text: string;
  /** What to know before it is closed: it cannot be read again. */
  readonly note: string;
}

/** A secret that is in one answer only, ready to copy. */
export function OneTimeSecret({ label, text, note }: OneTimeSecretProps) {
  return (
    <section className={classes.box} aria-label={label}>
      <h3 className={classes.label}>{label}</h3>
      <div className={classes.row}>
        <code className={classes.text}>{text}</code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy} aria-live="polite">
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      <p className={classes.note}>{note}</p>
    </section>
  );
}
