import { Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import classes from './confirm-button.module.css';

interface ConfirmButtonProps {
  readonly label: string;
  readonly question: string;
  readonly onConfirm: () => void;
}

/** For what cannot be taken back: says what it will do before it does it. */
export function ConfirmButton({ label, question, onConfirm }: ConfirmButtonProps) {
  const [asking, { open, close }] = useDisclosure(false);
  const confirm = (): void => {
    close();
    onConfirm();
  };
  return (
    <Popover opened={asking} onChange={(opened) => !opened && close()} width={280} position="bottom-end" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={open}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.question}>{question}</p>
        <div className={classes.choices}>
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" color="halt" onClick={confirm}>
            {label}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
