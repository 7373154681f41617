import { Button, Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { QuietNote } from '../action/quiet-note.js';
import { ChartResult } from './chart-result.js';
import { EditorDesk } from './editor-desk.js';
import { ExploreControls } from './explore-controls.js';
import classes from './explore-page.module.css';
import { runRequests } from './explore-state.js';
import { MetricBrowser } from './metric-browser.js';
import { QueryList } from './query-list.js';
import { ranQueries, withEmptyRow, withRow, withoutRow } from './query-rows.js';
import { ResultTable } from './result-table.js';
import { between } from './time-range.js';
import { useExplore, useRefresh } from './use-explore.js';
import { useLasting } from './use-lasting.js';
import { useRuns } from './use-runs.js';
import { visibleAnswers } from './visible-answers.js';

const LONG_MS = 500;

/** Ask the metrics in PromQL: several queries at once, as a chart or a table. The address holds all of it, so a link shows the same to others. */
export function ExplorePage() {
  const { state, change, edit, again, run, nowSec } = useExplore();
  const { settings, rows } = state;
  const { runs, store } = useRuns(runRequests(state));
  const [desk] = useState(() => new EditorDesk());
  const running = [...runs.values()].some((one) => one.state === 'running');
  const busy = useLasting(running, LONG_MS);
  useRefresh(settings.refreshSec, { isBusy: store.isBusy, again });
  const answers = useMemo(() => visibleAnswers(rows, runs, settings.tab), [rows, runs, settings.tab]);
  const asked = ranQueries(rows).length > 0;
  return (
    <main className={classes.page} id="main" tabIndex={-1}>
      <title>Explore · Faultline</title>
      <div className={classes.inner} data-browsing={settings.browsing}>
        <div className={classes.head}>
          <h1 className={classes.title}>Explore</h1>
          <Button variant="default" className={classes.toggle} aria-pressed={settings.browsing} onClick={() => change({ settings: { browsing: !settings.browsing } })}>
            Metrics
          </Button>
          <Link to="/cardinality" className={classes.beside}>
            Cardinality
          </Link>
          <div className={classes.controls}>
            <ExploreControls
              settings={settings}
              nowSec={nowSec}
              busy={busy}
              onRange={(range) => change({ settings: { range, ...(range.kind === 'between' && { refreshSec: 0 as const }) }, run: true, remember: true })}
              onStep={(stepSec) => change({ settings: { stepSec }, remember: true })}
              onRefresh={(refreshSec) => change({ settings: { refreshSec } })}
              onRun={run}
              onCancel={() => store.cancel()}
            />
          </div>
        </div>
        {settings.browsing && (
          <aside className={classes.aside}>
            <MetricBrowser onChoose={(text) => desk.insert(text)} />
          </aside>
        )}
        <div className={classes.work}>
          <QueryList
            rows={rows}
            runs={runs}
            desk={desk}
            onEdit={edit}
            onHide={(id, hidden) => change({ rows: withRow(rows, id, { hidden }) })}
            onRemove={(id) => change({ rows: withoutRow(rows, id), remember: true })}
            onAdd={() => change({ rows: withEmptyRow(rows) })}
            onRun={run}
          />
          <Tabs value={settings.tab} onChange={(tab) => change({ settings: { tab: tab === 'table' ? 'table' : 'chart' } })} keepMounted={false} className={classes.tabs}>
            <Tabs.List>
              <Tabs.Tab value="chart">Chart</Tabs.Tab>
              <Tabs.Tab value="table">Table</Tabs.Tab>
              {busy && <span className={classes.busy}>Running …</span>}
            </Tabs.List>
            <div className={classes.result} aria-busy={running}>
              {!asked && <FirstSteps />}
              <Tabs.Panel value="chart">{answers.length > 0 && <ChartResult answers={answers} onZoom={(fromSec, toSec) => change({ settings: { range: between(fromSec, toSec), refreshSec: 0 }, run: true, remember: true })} />}</Tabs.Panel>
              <Tabs.Panel value="table">
                {answers.length > 0 && <ResultTable answers={answers} filter={settings.filter} sort={settings.sort} onFilter={(filter) => change({ settings: { filter } })} onSort={(sort) => change({ settings: { sort } })} />}
              </Tabs.Panel>
            </div>
          </Tabs>
        </div>
      </div>
    </main>
  );
}

function FirstSteps() {
  return (
    <QuietNote title="Ask the metrics a question">
      Write a query in PromQL, or choose one of the Metrics, and run it with Ctrl or Cmd and Enter. Names, labels and functions complete while you type.
    </QuietNote>
  );
}
