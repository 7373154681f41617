import { describe, expect, it } from 'vitest';
import { runScript } from './run-script.js';

const problems = async (script: string): Promise<readonly (string | null)[]> => (await runScript(script)).map(({ problem }) => problem);

const LOAD = `load 10s
  requests_total{path="/a"} 0+10x60
  requests_total{path="/b"} 0+20x60
  temperature{room="x"} 20 21 _ stale 22
`;

describe('the PromQL engine, by scripts', () => {
  it('passes what holds', async () => {
    const script = `${LOAD}
eval instant at 5m requests_total
  requests_total{path="/a"} 300
  requests_total{path="/b"} 600

eval instant at 5m sum(rate(requests_total[1m])) * 2
  {} 6

eval instant at 5m sort_desc(requests_total)
  expect ordered
  requests_total{path="/b"} 600
  requests_total{path="/a"} 300

eval range from 0 to 40s step 10s temperature
  temperature{room="x"} 20 21 21 _ 22

eval instant at 1m 1 + 2 ^ 3
  9

eval instant at 1m "text"
  expect string "text"

eval instant at 1m requests_total + on () requests_total
  expect fail regex: many-to-many

eval instant at 1m quantile(2, requests_total)
  expect warn msg: PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)
  {} +Inf

clear
eval instant at 5m requests_total
`;
    expect(await problems(script)).toEqual(Array.from({ length: 9 }, () => null));
  });

  it.each([
    ['a wrong value', 'requests_total', '  requests_total{path="/a"} 301\n  requests_total{path="/b"} 600'],
    ['a series too many', 'requests_total', '  requests_total{path="/a"} 300'],
    ['a series too few', 'requests_total{path="/a"}', '  requests_total{path="/a"} 300\n  requests_total{path="/b"} 600'],
    ['another order', 'sort(requests_total)', '  expect ordered\n  requests_total{path="/b"} 600\n  requests_total{path="/a"} 300'],
    ['an error', 'requests_total + on () requests_total', '  {} 1'],
    ['no error', 'requests_total', '  expect fail'],
    ['another error', 'requests_total + on () requests_total', '  expect fail msg: something else'],
    ['no warning', 'sum(requests_total)', '  expect warn\n  {} 900'],
    ['an unwanted warning', 'quantile(2, requests_total)', '  expect no_warn\n  {} +Inf'],
    ['another kind of value', '1', '  {} 1'],
    ['what cannot be parsed', 'sum(', '  {} 1'],
  ])('fails at %s', async (_what, query, expected) => expect(await problems(`${LOAD}\neval instant at 5m ${query}\n${expected}\n`)).toEqual([expect.any(String)]));

  it('counts what it cannot read as failed', async () => expect(await problems('load sometimes\n  a 1\n\nevaluate this\n')).toHaveLength(2));
});
