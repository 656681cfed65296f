import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Get, JsonController } from 'routing-controllers';
import { Plugin, type Class, type Host } from 'plugboard';
import { deferred } from '../support/deferred.ts';
import { closeHosts, folderWith, happens, removeFolders, serve, statusOf } from './hosting.ts';

const quick = { intensity: 2, backoff: { initialMs: 1, maxMs: 1 } };

/** Fails to start so many times, then starts. */
function flaky(failures: number, supervise: object = quick): Class {
  let left = failures;
  @Plugin({ name: 'flaky', supervise })
  @JsonController('/flaky')
  class Flaky {
    onStart(): void {
      if (left-- > 0) throw new Error('not yet');
    }
    @Get() answer(): string {
      return 'here';
    }
  }
  return Flaky;
}

@Plugin({ name: 'neighbour' })
@JsonController('/neighbour')
class Neighbour {
  @Get() answer(): string {
    return 'here';
  }
}

describe('a plugin that fails to start', () => {
  afterEach(closeHosts);

  it('is started again after a pause', async () => {
    const { host, request } = await serve({ plugins: [flaky(2), Neighbour] });
    equal(statusOf(host, 'flaky').state, 'failed');
    await happens(host, 'plugin:running');
    deepEqual([statusOf(host, 'flaky').generation, statusOf(host, 'flaky').failure], [3, undefined]);
    await request.get('/flaky').expect(200);
  });

  it('answers 503 meanwhile, and says when to come again', async () => {
    const { request } = await serve({ plugins: [flaky(1, { backoff: { initialMs: 30_000 } }), Neighbour] });
    const answer = await request.get('/flaky').expect(503, { plugin: 'flaky', state: 'failed' });
    equal(answer.get('Retry-After'), '31');
    await request.get('/neighbour').expect(200);
  });

  it('is quarantined when it has failed too often, and tells why', async () => {
    const { host, request, logs } = await serve({ plugins: [flaky(9), Neighbour] });
    const { generation, from } = await happens(host, 'plugin:quarantined');
    deepEqual([generation, from], [3, 'failed']);
    const { state, failure } = statusOf(host, 'flaky');
    deepEqual([state, failure?.code], ['quarantined', 'TOO_MANY_FAILURES']);
    match(failure?.message ?? '', /failures within 60 s: 3, restarts allowed: 2\..*not yet/);
    await request.get('/flaky').expect(503, { plugin: 'flaky', state: 'quarantined' });
    await request.get('/neighbour').expect(200);
    equal(logs.filter(({ plugin, code }) => plugin === 'flaky' && code === 'START_FAILED').length, 3);
  });

  it('is let out of quarantine by release(), with its failures forgotten', async () => {
    const { host, request } = await serve({ plugins: [flaky(4), Neighbour] });
    await happens(host, 'plugin:quarantined');
    const running = happens(host, 'plugin:running');
    equal((await host.release('flaky')).state, 'failed');
    await running;
    await request.get('/flaky').expect(200);
  });

  it('says after a quarantine again when to come, as before', async () => {
    @Plugin({ name: 'dependant', requires: { flaky: '*' }, supervise: { intensity: 0 } })
    @JsonController('/dependant')
    class Dependant {
      onStart(): void {
        if (isBroken) throw new Error('not yet');
      }
      @Get() answer(): string {
        return 'here';
      }
    }
    let isBroken = true;
    const { host, request } = await serve({ plugins: [flaky(0), Dependant] });
    equal((await request.get('/dependant').expect(503)).get('Retry-After'), '60');
    isBroken = false;
    equal((await host.release('dependant')).state, 'running');
    await host.unload('flaky');
    equal((await request.get('/dependant').expect(503)).get('Retry-After'), '1');
  });

  it('keeps its routes in quarantine', async () => {
    @Plugin({ name: 'rival' })
    @JsonController('/flaky')
    class Rival {
      @Get() answer(): string {
        return 'rival';
      }
    }
    const { host, request } = await serve({ plugins: [flaky(1, { intensity: 0 })] });
    equal((await host.load(Rival)).failure?.code, 'ROUTE_TAKEN');
    await request.get('/flaky').expect(503, { plugin: 'flaky', state: 'quarantined' });
    equal((await host.release('flaky')).state, 'running');
    await request.get('/flaky').expect(200, '"here"');
    await host.unload('flaky');
    equal(statusOf(host, 'rival').state, 'running');
  });

  it('gives its routes up where it is unloaded from quarantine', async () => {
    const { host, request } = await serve({ plugins: [flaky(1, { intensity: 0 })] });
    equal((await host.unload('flaky')).state, 'stopped');
    await request.get('/flaky').expect(404);
  });

  it('is let out of quarantine by other code', async () => {
    const { host, request } = await serve({ plugins: [flaky(9)] });
    await happens(host, 'plugin:quarantined');
    equal((await host.load(flaky(0))).state, 'running');
    await request.get('/flaky').expect(200);
  });

  it('is supervised as its code says that is there now', async () => {
    const { host } = await serve({ plugins: [flaky(1, { intensity: 0 })] });
    equal(statusOf(host, 'flaky').state, 'quarantined');
    const running = happens(host, 'plugin:running');
    equal((await host.load(flaky(1))).state, 'failed');
    await running;
  });

  it('is never started again where no restart is allowed', async () => {
    const { host } = await serve({ plugins: [flaky(1, { intensity: 0 })] });
    equal(statusOf(host, 'flaky').state, 'quarantined');
  });

  it('brings those back that wait for it', async () => {
    @Plugin({ name: 'dependant', requires: { flaky: '*' } })
    class Dependant {}
    const { host } = await serve({ plugins: [flaky(1), Dependant] });
    equal(statusOf(host, 'dependant').state, 'waiting');
    const running = [happens(host, 'plugin:running')];
    await Promise.all(running);
    await happens(host, 'plugin:running');
    equal(statusOf(host, 'dependant').state, 'running');
  });

  it('is not tried again while it is wrong in its plan', async () => {
    abstract class Missing {}
    @Plugin({ name: 'flaky', supervise: quick })
    class Incomplete {
      constructor(readonly missing: Missing) {}
    }
    const { host } = await serve({ plugins: [Incomplete] });
    const { state, generation, failure } = statusOf(host, 'flaky');
    deepEqual([state, generation, failure?.code], ['failed', 1, 'MISSING_IMPORT']);
  });
});

describe('a plugin that fails while it runs', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  /** As a folder, since only its files tell whose an error is. */
  const failing = (supervise: string): string => `
    import { Plugin } from 'plugboard';
    import { Get, JsonController } from 'routing-controllers';
    @Plugin({ name: 'failing', supervise: ${supervise} })
    @JsonController('/failing')
    export class Failing {
      onStart() { setTimeout(() => { throw new Error('a bad timer'); }, 1); }
      @Get() answer() { return 'here'; }
    }`;

  it('before the host has started, when others still start, is not forgotten', async () => {
    @Plugin({ name: 'slow' })
    class Slow {
      async onStart(): Promise<void> {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const folder = await folderWith({ 'failing/index.ts': failing('{ intensity: 0 }') });
    const { host } = await serve({ plugins: [folder, Slow] });
    equal(statusOf(host, 'failing').state, 'quarantined');
  });

  it('is judged by the policy of the code that runs', async () => {
    const folder = await folderWith({ 'failing/index.ts': failing('{ intensity: 0 }') });
    const { host } = await serve({ plugins: [folder] });
    if (statusOf(host, 'failing').state !== 'quarantined') await happens(host, 'plugin:quarantined');
    await writeFile(join(folder, 'failing/index.ts'), failing('{ intensity: 1, backoff: { initialMs: 1 } }'));
    equal((await host.reload('failing')).state, 'running');
    equal((await happens(host, 'plugin:running')).generation, 3);
  });
});

describe('a plugin that fails when it is stopped', () => {
  afterEach(closeHosts);

  function careless(fault?: Error): Class {
    @Plugin({ name: 'careless', supervise: { intensity: 0 } })
    class Careless {
      onStop(): void {
        if (fault) throw fault;
      }
    }
    return Careless;
  }
  async function stopsOf(act: (host: Host) => Promise<unknown>): Promise<[Host, ...string[]]> {
    const { host } = await serve({ plugins: [careless(new Error('not flushed'))] });
    const told: string[] = [];
    host.on('plugin:failure', ({ generation, error }) => told.push(`${error.code} of ${generation}`));
    await act(host);
    return [host, ...told];
  }

  it('is told of once when it is unloaded', async () => {
    const [host, ...told] = await stopsOf(async (running) => running.unload('careless'));
    deepEqual(told, ['STOP_FAILED of 1']);
    const { state, failure } = statusOf(host, 'careless');
    deepEqual([state, failure?.code], ['stopped', 'STOP_FAILED']);
  });

  it('does not fail the code that has taken its place', async () => {
    const [host, ...told] = await stopsOf(async (running) => running.load(careless()));
    deepEqual(told, ['STOP_FAILED of 1']);
    const { state, generation } = statusOf(host, 'careless');
    deepEqual([state, generation], ['running', 2]);
  });
});

describe('host.on', () => {
  afterEach(closeHosts);

  it('tells of each step of a plugin and of each failure, until it is ended', async () => {
    const { host } = await serve({ plugins: [] });
    const seen: string[] = [];
    const states = ['starting', 'running', 'draining', 'stopped', 'failed'] as const;
    const stops = states.map((state) =>
      host.on(`plugin:${state}`, ({ plugin, from, to, generation }) => {
        seen.push(`${plugin}@${generation} ${from} → ${to}`);
      }),
    );
    stops.push(
      host.on('plugin:failure', ({ plugin, phase, error, generation }) => {
        seen.push(`${plugin}@${generation} ${phase} ${error.code}`);
      }),
    );
    await host.load(Neighbour);
    await host.reload('neighbour');
    await host.load(flaky(1, { backoff: { initialMs: 60_000 } }));
    await host.unload('neighbour');
    for (const stop of stops) stop();
    await host.reload('neighbour');
    deepEqual(seen, [
      'neighbour@1 discovered → starting',
      'neighbour@1 starting → running',
      'neighbour@2 running → running',
      'flaky@1 discovered → starting',
      'flaky@1 starting → failed',
      'flaky@1 start START_FAILED',
      'neighbour@2 running → draining',
      'neighbour@2 draining → stopped',
    ]);
  });

  it('tells once of a plugin that fails to stop, and so does the log', async () => {
    @Plugin({ name: 'stubborn' })
    class Stubborn {
      onStop(): void {
        throw new Error('not now');
      }
    }
    for (const change of ['reload', 'unload'] as const) {
      const { host, logs } = await serve({ plugins: [Stubborn] });
      const codes: string[] = [];
      host.on('plugin:failure', ({ error }) => codes.push(error.code));
      await host[change]('stubborn');
      deepEqual(codes, ['STOP_FAILED'], change);
      equal(logs.filter(({ code }) => code === 'STOP_FAILED').length, 1, change);
    }
  });

  it('is not disturbed by a listener that fails', async () => {
    const { host, logs } = await serve({ plugins: [] });
    host.on('plugin:running', () => {
      throw new Error('a bad listener');
    });
    equal((await host.load(Neighbour)).state, 'running');
    await new Promise(setImmediate);
    equal(logs.find(({ event }) => event === 'plugin:running')?.level, 'error');
  });
});

describe('an error that escapes while a plugin starts', () => {
  afterEach(closeHosts);

  it('counts when the plugin runs', async () => {
    let isBroken = true;
    @Plugin({ name: 'hasty', supervise: quick })
    class Hasty {
      constructor() {
        void this.init();
      }
      async init(): Promise<void> {
        await Promise.resolve();
        if (isBroken) throw new Error('init failed');
      }
      async onStart(): Promise<void> {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    const { host } = await serve({ plugins: [Hasty] });
    equal(statusOf(host, 'hasty').failure?.code, 'ESCAPED_ERROR');
    isBroken = false;
    await happens(host, 'plugin:running');
    deepEqual([statusOf(host, 'hasty').generation, statusOf(host, 'hasty').failure], [2, undefined]);
  });
});

describe('a restart that a dependant can not follow', () => {
  afterEach(closeHosts);

  it('is not held against the plugin: both go on', async () => {
    const crashed = deferred();
    @Plugin({ name: 'base', supervise: { intensity: 1, backoff: { initialMs: 1, maxMs: 5 } } })
    @JsonController('/base')
    class Base {
      @Get('/crash') crash(): string {
        setImmediate(() => {
          crashed.resolve();
          throw new Error('once');
        });
        setImmediate(() => {
          throw new Error('twice, so that it is certain whose it is');
        });
        return 'soon';
      }
    }
    let started = 0;
    @Plugin({ name: 'stubborn', requires: { base: '*' } })
    @JsonController('/stubborn')
    class Stubborn {
      onStart(): void {
        if (started++ > 0) throw new Error('only once');
      }
      @Get() answer(): string {
        return 'here';
      }
    }
    const { host, request } = await serve({ plugins: [Base, Stubborn] });
    let refused = 0;
    const enough = deferred();
    host.on('plugin:failure', ({ error }) => {
      if (error.code === 'RELOAD_REFUSED' && ++refused === 4) enough.resolve();
    });
    await request.get('/base/crash').expect(200);
    await enough.promise;
    deepEqual([statusOf(host, 'base').state, statusOf(host, 'stubborn').state], ['running', 'running']);
    await request.get('/stubborn').expect(200);
  });
});
