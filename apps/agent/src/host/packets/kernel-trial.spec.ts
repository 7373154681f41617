import { describe, expect, it } from 'vitest';
import type { Argv, CommandResult } from '../commands.js';
import { mayChangeNetwork, whyNoPackets } from './kernel-trial.js';

const ADMIN = 'Name:\tnode\nCapEff:\t0000000000001000\n';

describe('mayChangeNetwork', () => {
  it('looks at CAP_NET_ADMIN alone', () => {
    expect([ADMIN, 'CapEff:\t000001ffffffffff\n', 'CapEff:\t0000000000000000\n', 'CapEff:\t000001ffffffefff\n', ''].map(mayChangeNetwork)).toEqual([true, true, false, false, false]);
  });
});

describe('whyNoPackets', () => {
  const trial = { what: 'netem', argv: ['tc', '-batch', '-'] as const, stdin: '' };
  it('names a program that is not installed', async () => {
    const run = async (): Promise<CommandResult> => ({ exitCode: null, stdout: '', stderr: 'tc is not installed' });
    expect(await whyNoPackets(run, trial)).toBe('tc is not installed');
  });

  it('never runs the trial outside a network of its own', async () => {
    const ran: Argv[] = [];
    const run = async (argv: Argv): Promise<CommandResult> => {
      ran.push(argv);
      return { exitCode: argv[0] === 'unshare' ? 1 : 0, stdout: '', stderr: 'not permitted' };
    };
    await whyNoPackets(run, trial);
    expect(ran.filter(([program]) => program !== 'unshare')).toEqual([['tc', '-V']]);
  });
});
