import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { TargetsData } from '../../api/prometheus-api.js';
import { readTargets } from '../../api/prometheus-api.js';
import { readScrapePools } from '../../api/scraping.js';
import { ActionError } from '../action/action-error.js';
import { QuietNote } from '../action/quiet-note.js';
import { Page } from '../pages/page.js';
import { useLive } from '../world/world-context.js';
import { DroppedTargets } from './dropped-targets.js';
import { HealthFilter } from './health-filter.js';
import { NoTargets } from './no-targets.js';
import { PoolSection } from './pool-section.js';
import { targetPools } from './target-pools.js';
import { TroubledPools } from './troubled-pools.js';
import type { TargetsSearch } from './targets-address.js';
import { parseTargetsSearch } from './targets-address.js';
import classes from './targets.module.css';

const REFRESH_EVERY_MS = 5_000;
const ADDRESS_AFTER_MS = 300;

/** What is scraped, and how that goes: read every 5 s while shown. */
export function TargetsPage() {
  const targets = useQuery({ queryKey: ['metrics', 'targets'], queryFn: ({ signal }) => readTargets(signal), refetchInterval: REFRESH_EVERY_MS });
  const pools = useQuery({ queryKey: ['metrics', 'scrape-pools'], queryFn: readScrapePools, refetchInterval: REFRESH_EVERY_MS });
  const { clock } = useLive();
  const { data } = targets;
  return (
    <Page title="Targets" intro="Where metrics are collected from. Each target is asked at its own interval; a target that does not answer is down, and its series end until it is back.">
      <ActionError error={targets.error ?? pools.error} />
      <TroubledPools pools={pools.data ?? []} nowMs={clock.nowMs() || pools.dataUpdatedAt} />
      {data !== undefined && (data.activeTargets.length === 0 && droppedCount(data) === 0 ? <NoTargets /> : <Targets data={data} nowMs={clock.nowMs() || targets.dataUpdatedAt} />)}
    </Page>
  );
}

function Targets({ data, nowMs }: { readonly data: TargetsData; readonly nowMs: number }) {
  const search = parseTargetsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.q ?? '');
  const remember = (next: TargetsSearch): void => void navigate({ to: '/targets', search: parseTargetsSearch({ ...next }), replace: true });
  const rememberText = useDebouncedCallback((q: string) => remember({ ...search, q }), ADDRESS_AFTER_MS);
  const pools = targetPools(data, { ...search, q: typed });
  return (
    <>
      <div className={classes.tools}>
        <HealthFilter data={data} health={search.health} onChange={(health) => remember({ q: typed, ...(health !== undefined && { health }) })} />
        <TextInput
          className={classes.filter}
          aria-label="Filter the targets"
          placeholder="Filter by address, label or error"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            rememberText(event.currentTarget.value);
          }}
        />
      </div>
      {pools.length === 0 && <QuietNote title="No target matches">{data.activeTargets.length === 0 ? 'Every target that was found is dropped by relabelling.' : 'Clear the filters to see all of them.'}</QuietNote>}
      {pools.map((pool) => (
        <PoolSection key={pool.name} pool={pool} nowMs={nowMs} />
      ))}
      <DroppedTargets data={data} />
    </>
  );
}

function droppedCount({ droppedTargets, droppedTargetCounts = {} }: TargetsData): number {
  return droppedTargets.length + Object.values(droppedTargetCounts).reduce((sum, count) => sum + count, 0);
}
