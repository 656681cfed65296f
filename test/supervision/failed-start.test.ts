import { deepEqual, equal, match } from 'node:assert/strict';
import { inspect } from 'node:util';
import { ContainerModule, inject, postConstruct, preDestroy } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { Bench, faultOf, startAll } from '../support/containers.ts';
import { needing, never, noting, pause } from '../support/noting.ts';

describe('a start that fails', () => {
  it('in a constructor says whose, with the path and the cause', async () => {
    class Store {
      constructor() {
        throw new Error('no disk');
      }
    }
    @Plugin({ name: 'p', services: [Store] })
    class P {}
    const fault = await faultOf(startAll({ plugins: [P] }));
    deepEqual(
      [fault.code, fault.plugin, fault.phase, fault.path],
      ['CONSTRUCT_FAILED', 'p', 'construct', ['p', 'Store']],
    );
    match(fault.message, /Store could not be constructed: no disk/);
    equal((fault.cause as Error).message, 'no disk');
  });

  it('in a constructor further down names the way there', async () => {
    class Disk {
      constructor() {
        throw new Error('no disk');
      }
    }
    class Store {
      constructor(@inject(Disk) readonly disk: Disk) {}
    }
    @Plugin({ name: 'p', services: [Store, Disk] })
    class P {
      constructor(@inject(Store) readonly store: Store) {}
    }
    const fault = await faultOf(startAll({ plugins: [P] }));
    deepEqual(fault.path, ['p', 'Store', 'Disk']);
    match(fault.message, /p → Store → Disk: Disk could not be constructed: no disk/);
  });

  it('in an asynchronous @postConstruct is a failed construction', async () => {
    class Pool {
      @postConstruct() async open(): Promise<void> {
        await pause(2);
        throw new Error('refused');
      }
    }
    @Plugin({ name: 'p', services: [Pool] })
    class P {}
    const { code, message } = await faultOf(startAll({ plugins: [P] }));
    equal(code, 'CONSTRUCT_FAILED');
    match(message, /Pool could not be constructed:.*refused/s);
  });

  for (const thrown of [null, undefined, 'a string', 0]) {
    it(`in a constructor, a factory or a @postConstruct that throws ${inspect(thrown)} is a failed construction`, async () => {
      class Broken {
        constructor() {
          throw thrown;
        }
      }
      class Unready {
        @postConstruct() async open(): Promise<void> {
          await pause(1);
          throw thrown;
        }
      }
      const factory = new ContainerModule(({ bind }) => {
        bind(token('made')).toDynamicValue(() => {
          throw thrown;
        });
      });
      for (const service of [Broken, Unready, factory]) {
        class P {}
        Plugin({ name: 'p', services: [service] })(P);
        const { code, message } = await faultOf(startAll({ plugins: [P] }));
        equal(code, 'CONSTRUCT_FAILED');
        match(message, /^p → (Broken|Unready|made): \1 could not be constructed: /);
      }
    });
  }

  for (const thrown of [null, undefined, 'a string', { secret: 1 }, 0]) {
    it(`by throwing ${inspect(thrown)} says so`, async () => {
      @Plugin({ name: 'p' })
      class P {
        onStart(): void {
          throw thrown;
        }
      }
      const fault = await faultOf(startAll({ plugins: [P] }));
      deepEqual([fault.code, fault.path], ['START_FAILED', ['p', 'P']]);
      match(fault.message, /onStart\(\) of P failed: /);
    });
  }

  it('stops what was started and runs no onStop of what was not', async () => {
    const calls: string[] = [];
    const [First, Last] = [noting(calls, 'first'), noting(calls, 'last')];
    class Broken {
      onStart(): void {
        throw new Error('broken');
      }
      onStop(): void {
        calls.push('stop broken');
      }
      @preDestroy() destroy(): void {
        calls.push('destroy broken');
      }
    }
    needing(Broken, First);
    needing(Last, Broken);
    @Plugin({ name: 'p', services: [Last, Broken, First] })
    class P {}
    const bench = await new Bench({ plugins: [P] }).plan();
    const { message } = await faultOf(bench.startPlugin('p'));
    match(message, /onStart\(\) of Broken failed: broken/);
    deepEqual(await bench.stop(), []);
    deepEqual(calls, ['start first', 'stop first', 'destroy last', 'destroy broken', 'destroy first']);
  });

  it('in the middle of construction disposes of what was made by then', async () => {
    const calls: string[] = [];
    const Made = noting(calls, 'made');
    class Broken {
      constructor() {
        throw new Error('broken');
      }
    }
    @Plugin({ name: 'p', services: [Made, Broken] })
    class P {}
    const bench = await new Bench({ plugins: [P] }).plan();
    await faultOf(bench.startPlugin('p'));
    deepEqual(await bench.stop(), []);
    deepEqual(calls, ['destroy made']);
  });
});

describe('a start that does not end', () => {
  it('is given up at its limit, and says what it was doing', async () => {
    @Plugin({ name: 'p' })
    class P {
      async onStart(): Promise<void> {
        await never;
      }
    }
    const fault = await faultOf(startAll({ plugins: [P], limits: { startMs: 20 } }));
    deepEqual([fault.code, fault.plugin, fault.phase], ['START_TIMEOUT', 'p', 'start']);
    match(fault.message, /did not start within 20 ms: it was still at P\.onStart\(\)/);
    match(fault.fix, /timeouts: \{ startMs: 60 \}/);
  });

  it('in a construction names the class', async () => {
    class Pool {
      @postConstruct() async open(): Promise<void> {
        await never;
      }
    }
    @Plugin({ name: 'p', services: [Pool] })
    class P {}
    const { code, message } = await faultOf(startAll({ plugins: [P], limits: { startMs: 20 } }));
    equal(code, 'START_TIMEOUT');
    match(message, /it was still at the construction of Pool/);
  });

  it('but ends late is stopped then, and starts nothing more', async () => {
    const calls: string[] = [];
    const Next = noting(calls, 'next');
    class Slow {
      async onStart(): Promise<void> {
        await pause(60);
        calls.push('started late');
      }
      onStop(): void {
        calls.push('stopped late');
      }
    }
    needing(Next, Slow);
    @Plugin({ name: 'p', services: [Slow, Next] })
    class P {}
    const bench = await new Bench({ plugins: [P], limits: { startMs: 20 } }).plan();
    await faultOf(bench.startPlugin('p'));
    await bench.stop();
    deepEqual(calls, ['destroy next']);
    await pause(80);
    deepEqual(calls, ['destroy next', 'started late', 'stopped late']);
  });

  it('but constructs late is disposed of then, and constructs nothing more', async () => {
    const calls: string[] = [];
    class Pool {
      @postConstruct() async open(): Promise<void> {
        await pause(60);
      }
      onStart(): void {
        calls.push('started');
      }
      @preDestroy() close(): void {
        calls.push('closed');
      }
    }
    @Plugin({ name: 'p', services: [Pool] })
    class P {
      constructor() {
        calls.push('constructed after all');
      }
    }
    const bench = await new Bench({ plugins: [P], limits: { startMs: 20 } }).plan();
    await faultOf(bench.startPlugin('p'));
    await bench.stop();
    await pause(80);
    deepEqual(calls, ['closed']);
  });

  it('but fails late ends no process', async () => {
    @Plugin({ name: 'p' })
    class P {
      async onStart(): Promise<void> {
        await pause(40);
        throw new Error('too late');
      }
    }
    const bench = await new Bench({ plugins: [P], limits: { startMs: 10 } }).plan();
    await faultOf(bench.startPlugin('p'));
    await bench.stop();
    await pause(60);
  });
});
