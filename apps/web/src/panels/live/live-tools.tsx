import { useMemo } from 'react';
import { useLiveSearch } from '../selection/use-live-search.js';
import { useHotkeys } from '../shell/use-hotkeys.js';
import { DataNotice } from './data-notice.js';
import classes from './live.module.css';
import { ToolButton } from './tool-button.js';

interface LiveToolsProps {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

/** Picture or table, search, help. */
export function LiveTools({ onSearch, onHelp }: LiveToolsProps) {
  const { search, change } = useLiveSearch();
  const table = search.view === 'table';
  const hotkeys = useMemo(() => {
    const toggle = (): void => change(({ view, ...rest }) => (view === 'table' ? rest : { ...rest, view: 'table' }));
    return { t: toggle, '/': onSearch, '?': onHelp };
  }, [change, onSearch, onHelp]);
  useHotkeys(hotkeys);
  return (
    <div className={classes.top}>
      <div className={classes.switch} role="group" aria-label="Show traffic as">
        <button type="button" className={classes.tool} aria-pressed={!table} onClick={() => table && hotkeys.t()}>
          Picture
        </button>
        <button type="button" className={classes.tool} aria-pressed={table} onClick={() => !table && hotkeys.t()}>
          Table <kbd aria-hidden="true">T</kbd>
        </button>
      </div>
      <ToolButton label="Search" hotkey="/" onClick={onSearch} />
      <ToolButton label="Keys" hotkey="?" onClick={onHelp} />
      <DataNotice />
    </div>
  );
}
