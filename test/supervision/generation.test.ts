import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { inspect } from 'node:util';
import { ContainerModule, inject, injectable, postConstruct, preDestroy } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, type Class } from '#lib/plugin/tokens.js';
import { Bench, faultOf, startAll } from '../support/containers.ts';

const never = new Promise<never>(() => undefined);
const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A class that notes what is called of it. */
function noting(calls: string[], name: string): Class {
  class Noting {
    onStart(): void {
      calls.push(`start ${name}`);
    }
    onStop(): void {
      calls.push(`stop ${name}`);
    }
    @preDestroy() destroy(): void {
      calls.push(`destroy ${name}`);
    }
  }
  return Noting;
}

function needing(type: Class, ...needed: readonly Class[]): void {
  for (const [index, token_] of needed.entries()) inject(token_)(type, undefined, index);
}

describe('a generation', () => {
  it('starts dependencies first and stops dependants first: onStop of all, then @preDestroy of all', async () => {
    const calls: string[] = [];
    const [A, B, C] = [noting(calls, 'A'), noting(calls, 'B'), noting(calls, 'C')];
    needing(A, B);
    needing(B, C);
    @Plugin({ name: 'p', services: [A, C, B] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    deepEqual(calls.splice(0), ['start C', 'start B', 'start A']);
    deepEqual(await bench.stop(), []);
    deepEqual(calls, ['stop A', 'stop B', 'stop C', 'destroy A', 'destroy B', 'destroy C']);
  });

  it('stops after those that import from it', async () => {
    const calls: string[] = [];
    const Store = noting(calls, 'store');
    const User = noting(calls, 'user');
    needing(User, Store);
    @Plugin({ name: 'owner', services: [Store], exports: [Store] })
    class Owner {}
    @Plugin({ name: 'user', services: [User] })
    class UserPlugin {}
    const bench = await startAll({ plugins: [UserPlugin, Owner] });
    await bench.stop();
    deepEqual(calls, [
      'start store',
      'start user',
      'stop user',
      'destroy user',
      'stop store',
      'destroy store',
    ]);
  });

  it('awaits asynchronous values, @postConstruct and onStart', async () => {
    const Value = token<string>('value');
    const module = new ContainerModule(({ bind }) => {
      bind(Value).toDynamicValue(async () => pause(2).then(() => 'here'));
    });
    const calls: string[] = [];
    @injectable()
    class Pool {
      @postConstruct() async open(): Promise<void> {
        await pause(5);
        calls.push('opened');
      }
      async onStart(): Promise<void> {
        await pause(5);
        calls.push('started');
      }
    }
    @Plugin({ name: 'p', services: [Pool, module] })
    class P {
      constructor(
        readonly pool: Pool,
        @inject(Value) readonly value: string,
      ) {
        calls.push(`constructed with ${value}`);
      }
      onStart(): void {
        calls.push('plugin started');
      }
    }
    const bench = await startAll({ plugins: [P] });
    deepEqual(calls, ['opened', 'constructed with here', 'started', 'plugin started']);
    equal(bench.get('p', P).value, 'here');
  });

  it('starts and disposes of each instance once, by however many tokens it goes', async () => {
    const calls: string[] = [];
    const Store = noting(calls, 'store');
    const [Alias, Other] = [token('alias'), token('other')];
    const module = new ContainerModule(({ bind }) => {
      bind(Alias).toService(Store);
      bind(Other).toDynamicValue((context) => context.get(Store));
    });
    @Plugin({ name: 'p', services: [Store, module], exports: [Alias, Store] })
    class P {
      constructor(
        @inject(Alias) readonly alias: object,
        @inject(Other) readonly other: object,
      ) {}
    }
    const bench = await startAll({ plugins: [P] });
    equal(bench.get('p', P).alias, bench.get('p', P).other);
    await bench.stop();
    deepEqual(calls, ['start store', 'stop store', 'destroy store']);
  });

  it('starts neither values that somebody else made nor what is imported', async () => {
    const calls: string[] = [];
    const Store = noting(calls, 'store');
    const Value = token('value');
    const module = new ContainerModule(({ bind }) => {
      bind(Value).toConstantValue({ onStart: () => calls.push('value') });
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(
        @inject(Value) readonly value: object,
        @inject(Store) readonly store: object,
      ) {}
    }
    const bench = await startAll({ host: [Store], plugins: [P] });
    deepEqual(calls.splice(0), ['start store']);
    await bench.generations.get('p')?.stop();
    deepEqual(calls, []);
  });
});

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

  it('but constructs late is disposed of then', async () => {
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
    class P {}
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

describe('services of the host', () => {
  it('are made when a plugin first needs them, started once, and stopped after the plugins', async () => {
    const calls: string[] = [];
    const [Store, Unused] = [noting(calls, 'store'), noting(calls, 'unused')];
    const plugins = ['a', 'b'].map((name) => {
      const Own = noting(calls, name);
      needing(Own, Store);
      Plugin({ name })(Own);
      return Own;
    });
    const bench = await startAll({ host: [Store, Unused], plugins });
    deepEqual(calls.splice(0), ['start store', 'start a', 'start b']);
    deepEqual(await bench.stop(), []);
    deepEqual(
      calls.filter((call) => call.startsWith('stop')),
      ['stop b', 'stop a', 'stop store'],
    );
    ok(!calls.includes('destroy unused'));
  });
});
