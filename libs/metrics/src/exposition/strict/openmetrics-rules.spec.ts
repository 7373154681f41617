import { describe, expect, it } from 'vitest';
import { ExpositionError } from '../exposition-error.js';
import { ExpositionReader } from '../exposition-reader.js';
import { SEED, readBody } from '../read-body.fixture.js';

const strict = new ExpositionReader({ seed: SEED, strict: true });
const read = (lines: readonly string[]) => readBody([...lines, '# EOF\n'].join('\n'), 'openmetrics-text', strict);

const HISTOGRAM = ['# TYPE h histogram', 'h_bucket{le="1.0"} 1', 'h_bucket{le="+Inf"} 3', 'h_count 3', 'h_sum 4.5', 'h_created 1700000000.5'];
const GAUGE_HISTOGRAM = ['# TYPE g gaugehistogram', 'g_bucket{le="-1"} 1', 'g_bucket{le="+Inf"} 3', 'g_gcount 3', 'g_gsum -4.5'];

describe('strict OpenMetrics', () => {
  it.each<[string, string[]]>([
    ['nothing', []],
    ['one of each type', [
      ...HISTOGRAM, ...GAUGE_HISTOGRAM,
      '# TYPE c counter', 'c_total 1', 'c_created 1', '# TYPE s summary', 's{quantile="0.5"} NaN', 's{quantile="1"} 2', 's_count 3', 's_sum 1.5', 's_created 2',
      '# TYPE i info', 'i_info{v="1"} 1', '# TYPE st stateset', 'st{st="on",x="1"} 1', 'st{st="off",x="1"} 0', '# TYPE u unknown', 'u -Inf', '# TYPE gau gauge', 'gau NaN', 'bare 1',
    ]],
    ['families without samples', ['# TYPE a counter', '# TYPE b gauge', '# HELP c x']],
    ['metadata in any order', ['# UNIT a_s s', '# HELP a_s x', '# TYPE a_s counter', 'a_s_total 1']],
    ['points of a metric one after another', ['# TYPE h histogram', ...[1, 2].flatMap((time) => [`h_bucket{le="+Inf"} 1 ${time}`, `h_count 1 ${time}`, `h_sum 1 ${time}`]), 'h_bucket{a="1",le="+Inf"} 0 1']],
    ['a time spelt in two ways within a point', ['# TYPE h histogram', 'h_bucket{le="+Inf"} 1 1', 'h_count 1 1.0', 'h_sum 1 1']],
    ['timestamps that differ where floats do not', ['# TYPE a gauge', 'a 1 1700000000.123456701', 'a 1 1700000000.123456702']],
    ['exemplars on counters and buckets', ['# TYPE c counter', 'c_total 1 # {a="b"} -5', '# TYPE h histogram', 'h_bucket{le="1"} 1 # {} 1 1', 'h_bucket{le="+Inf"} 1 # {} 7']],
    ['128 characters in an exemplar', ['# TYPE c counter', `c_total 1 # {ab="${'🚀'.repeat(126)}"} 1`]],
    ['thresholds that are not canonical', ['# TYPE h histogram', 'h_bucket{le="1e-4"} 0', 'h_bucket{le=".5"} 0', 'h_bucket{le="10"} 0', 'h_bucket{le="+Inf"} 0']],
    ['quoted names', ['# TYPE "my.c" counter', '{"my.c_total"} 1']],
    ['info in any order of time', ['# TYPE i info', 'i_info{a="1"} 1 2', 'i_info{a="2"} 1 1']],
  ])('takes %s', (_what, lines) => expect(() => read(lines)).not.toThrow());

  it('gives what it takes', () => {
    const { samples, families } = read(HISTOGRAM);
    expect(samples.map(({ labels, value }) => [labels['__name__'], value])).toEqual([['h_bucket', 1], ['h_bucket', 3], ['h_count', 3], ['h_sum', 4.5], ['h_created', 1700000000.5]]);
    expect(families).toEqual([['h', { type: 'histogram', help: '', unit: '' }]]);
  });

  it.each<[string, RegExp, string[]]>([
    ['a comma at the end of labels', /a label name/, ['a{b="1",} 1']],
    ['a counter without _total', /no name that another family has/, ['# TYPE c counter', 'c 1']],
    ['a counter that is NaN', /neither NaN nor negative/, ['# TYPE c counter', 'c_total NaN']],
    ['a negative counter', /neither NaN nor negative/, ['# TYPE c counter', 'c_total -1']],
    ['a creation that is no time', /a time in seconds/, ['# TYPE c counter', 'c_total 1', 'c_created +Inf']],
    ['a negative count', /integer/, ['# TYPE s summary', 's_count -1']],
    ['a count that is no integer', /integer/, ['# TYPE s summary', 's_count 1.5']],
    ['a bucket that is no integer', /integer/, ['# TYPE h histogram', 'h_bucket{le="+Inf"} 1.5']],
    ['a negative quantile', /not negative/, ['# TYPE s summary', 's{quantile="0.5"} -1']],
    ['a sum that is NaN', /not NaN/, ['# TYPE g gaugehistogram', 'g_bucket{le="+Inf"} 1', 'g_gcount 1', 'g_gsum NaN']],
    ['an info that is not 1', /1, which/, ['# TYPE i info', 'i_info 0']],
    ['a state that is neither', /0 or 1/, ['# TYPE s stateset', 's{s="a"} 0.5']],
    ['a state without its label', /a label "s"/, ['# TYPE s stateset', 's{a="b"} 1']],
    ['a bucket without threshold', /a label "le"/, ['# TYPE h histogram', 'h_bucket 1']],
    ['a threshold that is NaN', /as "le"/, ['# TYPE h histogram', 'h_bucket{le="NaN"} 1', 'h_bucket{le="+Inf"} 1']],
    ['an infinite threshold spelt otherwise', /as "le"/, ['# TYPE h histogram', 'h_bucket{le="Inf"} 1']],
    ['a threshold beyond floats', /as "le"/, ['# TYPE h histogram', 'h_bucket{le="1e999"} 1']],
    ['a quantile without rank', /a label "quantile"/, ['# TYPE s summary', 's 1']],
    ['a rank above 1', /from 0 to 1/, ['# TYPE s summary', 's{quantile="1.1"} 1']],
    ['"le" at a sum', /no label "le"/, ['# TYPE h histogram', 'h_sum{le="1"} 1']],
    ['"quantile" at a count', /no label "quantile"/, ['# TYPE s summary', 's_count{quantile="1"} 1']],
    ['no +Inf bucket', /"\+Inf"/, ['# TYPE h histogram', 'h_bucket{le="1"} 1']],
    ['no bucket at all', /"\+Inf"/, ['# TYPE h histogram', 'h_count 1', 'h_sum 1']],
    ['no +Inf bucket before another metric', /Line 2.*"\+Inf"/, ['# TYPE h histogram', 'h_bucket{le="1"} 1', 'h_bucket{a="1",le="+Inf"} 1']],
    ['no +Inf bucket before another family', /Line 2.*"\+Inf"/, ['# TYPE h histogram', 'h_bucket{le="1"} 1', '# TYPE a gauge']],
    ['buckets out of order', /increasing order/, ['# TYPE h histogram', 'h_bucket{le="2"} 1', 'h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 1']],
    ['a bucket twice', /increasing order/, ['# TYPE h histogram', 'h_bucket{le="1"} 1', 'h_bucket{le="1.0"} 1', 'h_bucket{le="+Inf"} 1']],
    ['buckets that fall', /do not decrease/, ['# TYPE h histogram', 'h_bucket{le="1"} 2', 'h_bucket{le="+Inf"} 1']],
    ['a count that is not the +Inf bucket', /a count of 3/, HISTOGRAM.map((line) => line.replace('h_count 3', 'h_count 4'))],
    ['a count without sum', /both count and sum/, HISTOGRAM.filter((line) => !line.startsWith('h_sum'))],
    ['a sum without count', /both count and sum/, HISTOGRAM.filter((line) => !line.startsWith('h_count'))],
    ['a gauge sum without count', /both count and sum/, GAUGE_HISTOGRAM.filter((line) => !line.startsWith('g_gcount'))],
    ['a sum where buckets are negative', /no sum/, HISTOGRAM.map((line) => line.replace('"1.0"', '"-1.0"'))],
    ['a negative gauge sum where none is', /a sum that is not negative/, GAUGE_HISTOGRAM.map((line) => line.replace('"-1"', '"1"'))],
    ['an exemplar on a gauge', /no exemplar/, ['# TYPE a gauge', 'a 1 # {} 1']],
    ['an exemplar on a sum', /no exemplar/, HISTOGRAM.map((line) => (line.startsWith('h_sum') ? `${line} # {} 1` : line))],
    ['an exemplar on what only looks like a counter', /no exemplar/, ['a_total 1 # {} 1']],
    ['129 characters in an exemplar', /at most 128/, ['# TYPE c counter', `c_total 1 # {ab="${'🚀'.repeat(127)}"} 1`]],
    ['an exemplar outside of its bucket', /within its bucket/, ['# TYPE h histogram', 'h_bucket{le="1"} 1 # {} 1.5', 'h_bucket{le="+Inf"} 1']],
    ['a family twice', /no name that another family has/, ['# TYPE a gauge', '# TYPE b gauge', '# HELP a x']],
    ['families one within the other', /no name that another family has/, ['a 1', 'b 1', 'a{x="1"} 1']],
    ['a name that another family may have', /no name that another family has/, ['# TYPE a_created gauge', '# TYPE a counter']],
    ['a name that another family might have had', /no name that another family has/, ['# TYPE a histogram', '# TYPE a_bucket gauge']],
    ['two types', /no second TYPE/, ['# TYPE a gauge', '# TYPE a gauge']],
    ['two helps', /no second HELP/, ['# HELP a x', '# HELP a y']],
    ['two units', /no second UNIT/, ['# UNIT a_s s', '# UNIT a_s s']],
    ['metadata behind samples', /no HELP behind/, ['# TYPE a gauge', 'a 1', '# HELP a x']],
    ['a type behind samples without one', /no TYPE behind/, ['a 1', '# TYPE a gauge']],
    ['a unit of an info', /no unit/, ['# UNIT a_s s', '# TYPE a_s info']],
    ['a unit of a stateset', /no unit/, ['# TYPE a_s stateset', '# UNIT a_s s']],
    ['a unit that is no word', /a unit/, ['# TYPE "a_m-s" gauge', '# UNIT "a_m-s" m-s']],
    ['a metric within another', /behind one another/, ['# TYPE a gauge', 'a{x="1"} 1', 'a{x="2"} 1', 'a{x="1"} 1']],
    ['a series twice', /each series once/, ['# TYPE a gauge', 'a 1', 'a 1']],
    ['a series twice, spelt otherwise', /each series once/, ['# TYPE a gauge', 'a{x="1",y="2"} 1', 'a{y="2",x="1"} 1']],
    ['a series twice but for an empty label', /each series once/, ['# TYPE a gauge', 'a{x=""} 1', 'a 1']],
    ['a series twice at a time', /each series once/, ['# TYPE a gauge', 'a 1 1', 'a 1 1']],
    ['timestamps that fall', /do not decrease/, ['# TYPE a gauge', 'a 1 2', 'a 1 1']],
    ['points one within the other', /do not decrease/, ['# TYPE s summary', 's_count 0 1', 's_count 0 2', 's_sum 0 1', 's_sum 0 2']],
    ['some timestamps', /at all samples/, ['# TYPE a gauge', 'a 1 1', 'a 1']],
    ['a reserved family name', /reserved/, ['_a 1']],
    ['a reserved label name', /reserved/, ['a{_b="1"} 1']],
    ['a reserved label name in an exemplar', /reserved/, ['# TYPE c counter', 'c_total 1 # {_b="1"} 1']],
  ])('refuses %s', (_what, problem, lines) => {
    expect(() => read(lines)).toThrow(ExpositionError);
    expect(() => read(lines)).toThrow(problem);
  });

  it('leaves all this alone where it is not asked for', () => {
    const loose = new ExpositionReader({ seed: SEED });
    const lines = ['# TYPE c counter', 'c_total -1', 'b 1', 'c_total -1 # {} 1', '# HELP c x', '# EOF\n'];
    expect(readBody(lines.join('\n'), 'openmetrics-text', loose).samples).toHaveLength(3);
    expect(readBody('# TYPE c counter\nc NaN\n', 'prometheus-text', strict).samples).toHaveLength(1);
  });
});
