import { Modal, Switch } from '@mantine/core';
import classes from './keys-dialog.module.css';
import { setShortcutsEnabled, useShortcutsEnabled } from './shortcuts-enabled.js';

const KEYS = [
  ['Hold H for 0.6 s', 'Halt everything'],
  ['/', 'Search services and edges'],
  ['T', 'Picture or table'],
  ['Space', 'Pause or resume motion; data go on'],
  ['F', 'Flat view, straight from above'],
  ['0', 'Frame everything'],
  ['Esc', 'Leave the selection; it never halts'],
  ['↑ ↓ ← →', 'In the table: move, open and close regions'],
  ['Enter', 'In the table: open the details'],
] as const;

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  const enabled = useShortcutsEnabled();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size={460} yOffset="12vh" transitionProps={{ duration: 150 }}>
      <dl className={classes.keys}>
        {KEYS.map(([key, action]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
      <Switch label="Single keys act on this browser" checked={enabled} onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)} />
    </Modal>
  );
}
