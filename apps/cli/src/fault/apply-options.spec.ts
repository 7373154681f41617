import { describe, expect, it } from 'vitest';
import { parseApplyOptions } from './apply-options.js';

const parse = (line: string): ReturnType<typeof parseApplyOptions> => parseApplyOptions(line.split(' '));

describe('parseApplyOptions', () => {
  it('reads a fault on an edge', () => {
    expect(parse('--kind latency --edge a->b --set latencyMs=400 --for 60s')).toEqual({
      target: { type: 'edge', text: 'a->b' },
      fault: { kind: 'latency', params: { latencyMs: 400 } },
      durationMs: 60_000,
      overlap: 'refuse',
      json: false,
    });
  });

  it.each([
    ['--agent local', { type: 'host', agent: 'local' }],
    ['--agent local --process-name nginx', { type: 'process', agent: 'local', process: { by: 'name', name: 'nginx' } }],
    ['--agent local --process-port 80', { type: 'process', agent: 'local', process: { by: 'port', port: 80 } }],
    ['--agent local --pid 99', { type: 'process', agent: 'local', process: { by: 'pid', pid: 99 } }],
    ['--select source=web* --percent 30 --seed 7', { type: 'selection', selection: { selector: { type: 'edges', source: 'web*' }, pick: { by: 'percent', percent: 30 }, seed: 7 }, previewOnly: false }],
    ['--select agent=* --count 2 --preview', { type: 'selection', selection: { selector: { type: 'hosts', agent: '*' }, pick: { by: 'count', count: 2 }, seed: 0 }, previewOnly: true }],
  ])('reads the target %s', (line, target) => {
    expect(parse(`--kind down --for 5s ${line}`).target).toEqual(target);
  });

  it.each([
    ['--kind latency --for 5s', 'name one target'],
    ['--kind latency --edge a->b', '--for is missing'],
    ['--kind latency --edge a->b --for 60', 'a duration with its unit'],
    ['--kind lateny --edge a->b --for 60s', 'no fault kind "lateny"; known are latency'],
    ['--edge a->b --for 60s', '--kind is missing'],
    ['--kind down --edge a->b --agent x --for 5s', 'name one target'],
    ['--kind process-stop --agent x --pid 5 --process-port 6 --for 5s', 'in one way'],
    ['--kind process-stop --agent x --pid five --for 5s', '--pid needs a number'],
    ['--kind down --select nonsense --for 5s', 'FIELD=GLOB'],
    ['--kind down --select source=a --percent 5 --count 5 --for 5s', 'exclude each other'],
    ['--kind down --edge a->b --for 5s --oops', "Unknown option '--oops'"],
  ])('refuses %s', (line, problem) => {
    expect(() => parse(line)).toThrow(problem);
    expect(() => parse(line)).toThrow('Usage: faultline fault apply');
  });
});
