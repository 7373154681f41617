import type { FocusEvent, KeyboardEvent } from 'react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FaultKind } from '#contracts';
import type { KindOption } from './kind-options.js';
import { searchKinds } from './kind-options.js';
import classes from './kind-chooser.module.css';

interface KindChooserProps {
  readonly options: readonly KindOption[];
  readonly value: FaultKind;
  readonly onChange: (kind: FaultKind) => void;
}

/** Says which kind is chosen and opens the list of all that act here, with a search over what they imitate. */
export function KindChooser({ options, value, onChange }: KindChooserProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const chosen = options.find(({ kind }) => kind === value);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (kind: FaultKind): void => {
    onChange(kind);
    close();
  };
  const leave = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <div className={classes.chooser} onBlur={leave}>
      <button ref={button} type="button" className={classes.button} aria-haspopup="listbox" aria-expanded={open} aria-controls={id} onClick={() => setOpen((was) => !was)}>
        <span className={classes.label}>Kind</span>
        <span className={classes.title}>{chosen?.title ?? value}</span>
        <span className={classes.change}>{open ? 'Close' : `All ${options.length} kinds`}</span>
      </button>
      {open && <KindList id={id} options={options} value={value} onChoose={choose} onClose={close} />}
    </div>
  );
}

interface KindListProps {
  readonly id: string;
  readonly options: readonly KindOption[];
  readonly value: FaultKind;
  readonly onChoose: (kind: FaultKind) => void;
  readonly onClose: () => void;
}

function KindList({ id, options, value, onChoose, onClose }: KindListProps) {
  const [text, setText] = useState('');
  const found = useMemo(() => searchKinds(options, text), [options, text]);
  const [wanted, setActive] = useState<FaultKind>(value);
  const active = found.find(({ kind }) => kind === wanted) ?? found[0];
  useEffect(() => {
    if (active !== undefined) document.getElementById(`${id}-${active.kind}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  const keyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = active === undefined ? -1 : found.indexOf(active);
    if (step !== undefined) setActive(found[(at + step + found.length) % found.length]?.kind ?? value);
    else if (event.key === 'Enter') pick(active);
    else if (event.key === 'Escape') onClose();
    else return;
    // Enter would send the form around it, and Escape would leave the edge.
    event.preventDefault();
  };
  const pick = (option: KindOption | undefined): void => {
    if (option?.whyNot === null) onChoose(option.kind);
  };
  return (
    <div className={classes.popup}>
      <input
        className={classes.search}
        role="combobox"
        aria-label="Search kinds of faults"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={active === undefined ? undefined : `${id}-${active.kind}`}
        placeholder="Search, such as slow, lost, status"
        autoComplete="off"
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keyDown}
      />
      {/* The search keeps the focus while the list is clicked. */}
      <ul id={id} role="listbox" aria-label="Kinds of faults" className={classes.list} onPointerDown={(event) => event.preventDefault()}>
        {[...new Set(found.map(({ group }) => group))].map((group) => (
          <li key={group} role="group" aria-label={group}>
            <span className={classes.group} aria-hidden="true">
              {group}
            </span>
            <ul role="presentation">
              {found
                .filter((option) => option.group === group)
                .map((option) => (
                  <li
                    key={option.kind}
                    id={`${id}-${option.kind}`}
                    role="option"
                    aria-selected={option.kind === value}
                    aria-disabled={option.whyNot !== null}
                    data-active={option === active || undefined}
                    className={classes.option}
                    onPointerMove={() => setActive(option.kind)}
                    onClick={() => pick(option)}
                  >
                    <span className={classes.optionTitle}>{option.title}</span>
                    <span className={classes.imitates}>{option.imitates}</span>
                    {option.whyNot !== null && <span className={classes.whyNot}>{option.whyNot}</span>}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
      <p className={classes.none} aria-live="polite">
        {found.length === 0 && 'No kind is described so.'}
      </p>
    </div>
  );
}
