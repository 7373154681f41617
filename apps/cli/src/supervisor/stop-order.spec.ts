import { describe, expect, it } from 'vitest';
import { StopOrder, type Stoppable } from './stop-order.js';

function part(name: string, stopWithinMs: number, log: string[], stop: () => Promise<void> = () => Promise.resolve()): Stoppable {
  return {
    name,
    stopWithinMs,
    stop: () => {
      log.push(`stop ${name}`);
      return stop();
    },
    kill: () => void log.push(`kill ${name}`),
  };
}

describe('StopOrder', () => {
  it('stops who must be gone first first, whatever came up first', async () => {
    const log: string[] = [];
    const order = new StopOrder();
    for (const [name, withinMs] of [['database', 9], ['demo', 3], ['server', 8], ['agent', 6]] as const) order.add(part(name, withinMs, log));
    await order.stopAll(() => undefined);
    expect(log).toEqual(['stop demo', 'stop agent', 'stop server', 'stop database']);
  });

  it('goes on with the others when one cannot be stopped, and says so', async () => {
    const log: string[] = [];
    const order = new StopOrder();
    order.add(part('database', 9, log));
    order.add(part('agent', 6, log, () => Promise.reject(new Error('stuck'))));
    const said: string[] = [];
    await order.stopAll((name, text) => said.push(`${name} ${text}`));
    expect(log).toEqual(['stop agent', 'stop database']);
    expect(said).toEqual(['agent could not be stopped: Error: stuck']);
  });

  it('lets nothing start once the stop has begun', async () => {
    const order = new StopOrder();
    expect(order.add(part('agent', 6, []))).toBe(true);
    await order.stopAll(() => undefined);
    expect({ added: order.add(part('demo', 3, [])), closing: order.closing.aborted }).toEqual({ added: false, closing: true });
  });

  it('kills only what is not stopped yet', async () => {
    const log: string[] = [];
    const order = new StopOrder();
    order.add(part('database', 9, log));
    order.add(part('agent', 6, log, () => new Promise(() => undefined)));
    order.add(part('demo', 3, log));
    void order.stopAll(() => undefined);
    await Promise.resolve();
    await new Promise(setImmediate);
    order.killAll();
    expect(log).toEqual(['stop demo', 'stop agent', 'kill agent', 'kill database']);
  });
});
