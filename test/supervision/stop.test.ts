import { deepEqual, equal, match } from 'node:assert/strict';
import { preDestroy } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { startAll } from '../support/containers.ts';
import { needing, never, noting, pause } from '../support/noting.ts';

describe('a stop', () => {
  it('goes on after what fails, and tells all of it', async () => {
    const calls: string[] = [];
    const Last = noting(calls, 'last');
    class Store {
      async onStop(): Promise<void> {
        await Promise.resolve();
        throw new Error('not flushed');
      }
      @preDestroy() destroy(): void {
        throw null;
      }
    }
    needing(Store, Last);
    @Plugin({ name: 'p', services: [Store, Last] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    const faults = await bench.stop();
    deepEqual(
      faults.map(({ code, phase, path }) => [code, phase, path]),
      [
        ['STOP_FAILED', 'stop', ['p', 'Store']],
        ['STOP_FAILED', 'stop', ['p', 'Store']],
      ],
    );
    match(faults[0]?.message ?? '', /Store failed while "p" stopped: not flushed/);
    deepEqual(calls, ['start last', 'stop last', 'destroy last']);
  });

  it('leaves behind what does not end in time', async () => {
    const calls: string[] = [];
    const Last = noting(calls, 'last');
    class Slow {
      async onStop(): Promise<void> {
        await never;
      }
      @preDestroy() async destroy(): Promise<void> {
        await never;
      }
    }
    needing(Slow, Last);
    @Plugin({ name: 'p', services: [Slow, Last] })
    class P {}
    const bench = await startAll({ plugins: [P], limits: { stopMs: 15 } });
    const faults = await bench.stop();
    deepEqual(
      faults.map(({ code }) => code),
      ['STOP_TIMEOUT', 'STOP_TIMEOUT'],
    );
    match(faults[0]?.message ?? '', /Slow did not stop within 15 ms; "p" went on without it/);
    deepEqual(calls, ['start last', 'stop last', 'destroy last']);
  });

  it('a second time waits for the first, and does nothing more', async () => {
    let tries = 0;
    class Store {
      @preDestroy() destroy(): void {
        tries++;
        throw new Error('no');
      }
    }
    @Plugin({ name: 'p', services: [Store] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    const [first, second] = await Promise.all([bench.stop(), bench.stop()]);
    deepEqual(first, second);
    await pause(5);
    equal(tries, 1);
  });
});
