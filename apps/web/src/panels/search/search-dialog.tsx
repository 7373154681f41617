import { Modal } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useMemo, useState } from 'react';
import { useSelection } from '../selection/use-selection.js';
import { useLive } from '../world/world-context.js';
import classes from './search-dialog.module.css';
import { searchHits } from './search-hits.js';

interface SearchDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Finds a node or edge by name and selects it. */
export function SearchDialog({ opened, onClose }: SearchDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} padding={0} size={520} yOffset="14vh" aria-label="Search" transitionProps={{ duration: 150 }}>
      {opened && <SearchBox onClose={onClose} />}
    </Modal>
  );
}

function SearchBox({ onClose }: { readonly onClose: () => void }) {
  const { source } = useLive();
  const { select } = useSelection();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const hits = useMemo(() => searchHits(source.get(), text), [source, text]);
  const choose = (index: number): void => {
    const hit = hits[index];
    if (hit === undefined) return;
    select(hit.selection);
    onClose();
  };
  const keyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setActive((was) => (was + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') choose(active);
  };
  return (
    <>
      <input
        className={classes.input}
        role="combobox"
        aria-label="Search services and edges"
        aria-expanded="true"
        aria-controls="search-hits"
        aria-activedescendant={hits.length > 0 ? `hit-${active}` : undefined}
        placeholder="Search services and edges"
        autoComplete="off"
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={keyDown}
      />
      <ul id="search-hits" role="listbox" aria-label="Found" className={classes.hits}>
        {hits.map((hit, i) => (
          <li key={`${hit.selection.kind}-${hit.selection.id}`} id={`hit-${i}`} role="option" aria-selected={i === active} className={classes.hit} onPointerMove={() => setActive(i)} onClick={() => choose(i)}>
            <span>{hit.name}</span>
            <span className={classes.detail}>{hit.detail}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className={classes.none}>Nothing is called that.</p>}
    </>
  );
}
