import { Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { listMetricNames, readMetadata } from '../../api/prometheus-api.js';
import { ActionError } from '../action/action-error.js';
import { formatCount } from '../format/number.js';
import classes from './metric-browser.module.css';
import { findMetrics, metricEntries } from './metric-list.js';
import { seriesText } from './series-name.js';

const FRESH_FOR_MS = 60_000;
// A list that could not be read comes by itself when the server is back.
const AGAIN_MS = 5_000;
const SHOWN = 200;

const FRESHNESS = { staleTime: FRESH_FOR_MS, refetchInterval: (query: { readonly state: { readonly error: Error | null } }) => (query.state.error === null ? (false as const) : AGAIN_MS) };

/** Every metric there is, with what it says of itself. Choosing one writes it into the query. */
export function MetricBrowser({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const [typed, setTyped] = useState('');
  const names = useQuery({ queryKey: ['metrics', 'names'], queryFn: ({ signal }) => listMetricNames(signal), ...FRESHNESS });
  const metadata = useQuery({ queryKey: ['metrics', 'metadata'], queryFn: ({ signal }) => readMetadata(signal), ...FRESHNESS });
  const text = useDeferredValue(typed);
  const entries = useMemo(() => metricEntries(names.data ?? [], metadata.data ?? {}), [names.data, metadata.data]);
  const found = useMemo(() => findMetrics(entries, text), [entries, text]);
  return (
    <section className={classes.browser} aria-label="Metrics">
      <TextInput placeholder="Search names and help" aria-label="Search the metrics" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <ActionError error={names.error ?? metadata.error} />
      {names.isPending && <Skeleton height={28} radius="sm" />}
      {names.isSuccess && <p className={classes.count}>{found.length === entries.length ? `${formatCount(entries.length)} metrics` : `${formatCount(found.length)} of ${formatCount(entries.length)} metrics`}</p>}
      <ul className={classes.list}>
        {found.slice(0, SHOWN).map(({ name, type, unit, help }) => (
          <li key={name}>
            <button type="button" className={classes.metric} title={help} onClick={() => onChoose(seriesText({ __name__: name }))}>
              <span className={classes.name}>{name}</span>
              <span className={classes.type}>{[type, unit].filter((word) => word !== '').join(', ')}</span>
              {help !== '' && <span className={classes.help}>{help}</span>}
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className={classes.count}>The first {SHOWN} are shown: search for the others.</p>}
    </section>
  );
}
