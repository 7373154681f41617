import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CardinalityData } from '../../api/prometheus-api.js';
import { readCardinality } from '../../api/prometheus-api.js';
import { ActionError } from '../action/action-error.js';
import { QuietNote } from '../action/quiet-note.js';
import { formatCount } from '../format/number.js';
import { formatMoment } from '../format/time.js';
import { Page } from '../pages/page.js';
import type { CardinalityList } from './cardinality-lists.js';
import { cardinalityLists } from './cardinality-lists.js';
import classes from './cardinality.module.css';

const FRESH_FOR_MS = 30_000;
const ROWS = 15;

/** What the series are that the store holds now, so that the label which makes too many of them is found. */
export function CardinalityPage() {
  const cardinality = useQuery({ queryKey: ['metrics', 'cardinality'], queryFn: ({ signal }) => readCardinality(ROWS, signal), staleTime: FRESH_FOR_MS });
  const { data } = cardinality;
  return (
    <Page title="Cardinality" intro="How many series there are and what makes them many. Each row opens in Explore with a query that shows what is behind it.">
      <ActionError error={cardinality.error} />
      {cardinality.isPending && <Skeleton height={240} radius="sm" aria-label="Loading" />}
      {data !== undefined && <Totals data={data} />}
      {data !== undefined && data.headStats.numSeries === 0 && <QuietNote title="There is no series yet">Series appear with the first scrape or the first remote write.</QuietNote>}
      {data !== undefined && (
        <div className={classes.lists}>
          {cardinalityLists(data).map((list) => list.rows.length > 0 && <List key={list.title} list={list} />)}
        </div>
      )}
    </Page>
  );
}

function Totals({ data: { headStats, labelValueCountByLabelName } }: { readonly data: CardinalityData }) {
  const { numSeries, numLabelPairs, chunkCount, minTime, maxTime } = headStats;
  const metrics = labelValueCountByLabelName.find(({ name }) => name === '__name__')?.value;
  return (
    <dl className={classes.totals}>
      <Total name="Series" value={formatCount(numSeries)} />
      {metrics !== undefined && <Total name="Metrics" value={formatCount(metrics)} />}
      {numLabelPairs !== undefined && <Total name="Labels with values" value={formatCount(numLabelPairs)} />}
      {chunkCount !== undefined && chunkCount > 0 && <Total name="Chunks" value={formatCount(chunkCount)} />}
      {/* An empty head has the greatest and the least of all numbers for its ends. */}
      {minTime > 0 && minTime <= maxTime && maxTime < 8.64e15 && <Total name="Counted from" value={formatMoment(new Date(minTime).toISOString())} />}
    </dl>
  );
}

function Total({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function List({ list: { title, about, rows } }: { readonly list: CardinalityList }) {
  const most = Math.max(...rows.map(({ value }) => value));
  return (
    <section aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.about}>{about}</p>
      <ol className={classes.rows}>
        {rows.map(({ name, value, text, query }) => (
          <li key={name}>
            <Link to="/explore" search={{ q1: query, tab: 'table' }} className={classes.row} title={query}>
              <span className={classes.bar} style={{ width: `${(100 * value) / most}%` }} aria-hidden="true" />
              <span className={classes.name}>{name}</span>
              <span className={classes.value}>{text}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
