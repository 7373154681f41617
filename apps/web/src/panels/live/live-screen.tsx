import { useDisclosure } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { SearchDialog } from '../search/search-dialog.js';
import { useLiveSearch } from '../selection/use-live-search.js';
import { useSelection } from '../selection/use-selection.js';
import { KeysDialog } from '../shell/keys-dialog.js';
import { useHotkeys } from '../shell/use-hotkeys.js';
import { EdgeTable } from '../table/edge-table.js';
import { useWorld } from '../world/use-world.js';
import { EmptyLive } from './empty-live.js';
import classes from './live.module.css';
import { LiveTools } from './live-tools.js';
import { PictureView } from './picture-view.js';
import { SidePanel } from './side-panel.js';
import type { CreatePicture } from './use-picture.js';

/** The traffic now, as a picture or a table, and the details of what is selected. */
export function LiveScreen({ loadPicture }: { readonly loadPicture: () => Promise<CreatePicture> }) {
  const { search } = useLiveSearch();
  const { select } = useSelection();
  const [searching, searchDialog] = useDisclosure(false);
  const [helping, keysDialog] = useDisclosure(false);
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const empty = useWorld((world) => world.status !== 'connecting' && world.edges.size === 0);
  useHotkeys(useMemo(() => ({ escape: () => leave(select) }), [select]));
  return (
    <div className={classes.screen}>
      <main className={classes.stage} id="main" tabIndex={-1}>
        <title>Live · Faultline</title>
        <h1 className={classes.srOnly}>Live traffic</h1>
        {empty ? (
          <div className={classes.centre}>
            <EmptyLive />
          </div>
        ) : search.view === 'table' ? (
          <EdgeTable />
        ) : (
          <PictureView load={loadPicture} highlighted={picked} />
        )}
        <LiveTools onSearch={searchDialog.open} onHelp={keysDialog.open} />
      </main>
      <SidePanel onPicked={setPicked} />
      <SearchDialog opened={searching} onClose={searchDialog.close} />
      <KeysDialog opened={helping} onClose={keysDialog.close} />
    </div>
  );
}

/** Escape leaves the selection and goes back to the row it came from, if the table is open. It never halts. */
function leave(select: (selection: null) => void): void {
  select(null);
  document.querySelector<HTMLElement>('tr[data-row][tabindex="0"]')?.focus();
}
