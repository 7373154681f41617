import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { quoted } from '../explore/series-name.js';
import { formatCount } from '../format/number.js';
import { Section } from '../pages/section.js';
import type { TargetPool } from './target-pools.js';
import { TargetRow } from './target-row.js';
import classes from './targets.module.css';

const PAGE_ROWS = 100;

/** One job and its targets. */
export function PoolSection({ pool: { name, targets, up, total }, nowMs }: { readonly pool: TargetPool; readonly nowMs: number }) {
  const [limit, setLimit] = useState(PAGE_ROWS);
  return (
    <Section
      title={name}
      action={
        <span className={classes.poolNote}>
          {up === total ? `all ${formatCount(total)} up` : `${formatCount(up)} of ${formatCount(total)} up`}
          <Link to="/explore" search={{ q1: `up{job=${quoted(name)}}` }}>
            Explore
          </Link>
        </span>
      }
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Health</th>
            <th scope="col">Target</th>
            <th scope="col">Last scrape</th>
            <th scope="col">Took</th>
            <th scope="col">Samples</th>
          </tr>
        </thead>
        <tbody>
          {targets.slice(0, limit).map((target) => (
            <TargetRow key={`${target.scrapeUrl} ${JSON.stringify(target.labels)}`} target={target} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
      {targets.length > limit && (
        <Button variant="default" size="sm" className={classes.more} onClick={() => setLimit(limit + PAGE_ROWS * 5)}>
          Show more of the other {formatCount(targets.length - limit)}
        </Button>
      )}
    </Section>
  );
}
