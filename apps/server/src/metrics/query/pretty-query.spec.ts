import { describe, expect, it } from 'vitest';
import { parseQuery } from '#promql';
import { prettyQuery } from './pretty-query.js';

const pretty = (query: string): string => prettyQuery(parseQuery(query));
const LONG = 'a_metric_with_a_long_name{label="some value that is not short", other="another value of some length"}';

describe('a query in its canonical form', () => {
  it('stays on one line while that is short enough', () => {
    expect(pretty('sum(rate(up[5m]))by(job)>0')).toBe('sum by (job) (rate(up[5m])) > 0');
  });

  it('is broken up where its parts are long', () => {
    expect(pretty(`sum by (job, instance) (rate(${LONG.replace('}', '}[5m]')})) / on(job) group_left avg(x)`)).toBe(
      `  sum by (job, instance) (
    rate(
      a_metric_with_a_long_name{label="some value that is not short",other="another value of some length"}[5m]
    )
  )
/ on (job) group_left ()
  avg(x)`,
    );
    expect(pretty(`topk(5, -(${LONG}))[1h:5m]`)).toBe(
      `topk(
  5,
  -(
    a_metric_with_a_long_name{label="some value that is not short",other="another value of some length"}
  )
)[1h:5m]`,
    );
  });

  it('means the same', () => {
    const queries = [`sum(${LONG}) without (a) or vector(1)`, `histogram_quantile(0.9, sum by (le) (rate(${LONG}[5m] offset 1h))) > bool 3`, `max_over_time((${LONG} - ${LONG})[1h:] @ end())`];
    for (const query of queries) expect(pretty(pretty(query))).toBe(pretty(query));
  });
});
