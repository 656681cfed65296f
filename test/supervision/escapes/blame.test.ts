import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { PluginError } from 'plugboard';
import { findCulprit } from '#lib/supervision/escapes/blame.js';
import { EscapeWatch } from '#lib/supervision/escapes/escape-watch.js';
import type { Escape } from '#lib/supervision/escapes/escape.js';
import { currentScope, runFor } from '#lib/supervision/escapes/plugin-scope.js';
import { folderWith, removeFolders } from '../../host/hosting.ts';
import { closeBenches, EscapeBench, fixtures } from './escapes.ts';

const watches: EscapeWatch[] = [];

/** What a host has of the process, without the host. */
function startWatch(): { watch: EscapeWatch; next: () => Promise<Escape> } {
  const arrivals = new EventEmitter();
  const escapes: Escape[] = [];
  const watch = new EscapeWatch((escape) => {
    escapes.push(escape);
    arrivals.emit('escape');
  });
  watch.start();
  watches.push(watch);
  const next = async (): Promise<Escape> => {
    if (escapes.length === 0) await once(arrivals, 'escape');
    return escapes.shift() as Escape;
  };
  return { watch, next };
}

const throwLater = (thrown: unknown): void => {
  setTimeout(() => {
    throw thrown;
  }, 1);
};

/** An error as it would come out of this file. */
function errorIn(file: string, message = 'boom', cause?: unknown): Error {
  const error = new Error(message, { cause });
  error.stack = `Error: ${message}\n    at tick (${file}:3:7)\n    at listOnTimeout (node:internal/timers:581:17)`;
  return error;
}

const ofApp = 'file:///app/src/main.js';

const stopWatches = async (): Promise<void> => {
  await Promise.all(watches.splice(0).map(async (watch) => watch.stop()));
};

describe('blame', () => {
  afterEach(stopWatches);
  afterEach(closeBenches);
  after(removeFolders);

  it('goes by the innermost line of a plugin', async () => {
    const { watch, next } = startWatch();
    watch.scopeFor('outer', 1, { root: '/plugins/outer' });
    watch.scopeFor('inner', 1, { evaluatedAs: 'plugboard:inner@1', root: '/plugins/inner' });
    const error = errorIn(ofApp);
    error.stack +=
      '\n    at async Inner.do (plugboard:inner@1:8:2)\n    at Outer.do (/plugins/outer/index.js:8:2)';
    throwLater(error);
    const { plugin, foundBy, origin } = await next();
    deepEqual([plugin, foundBy, origin], ['inner', 'stack', 'uncaughtException']);
  });

  it('goes by the causes where the error itself has no line of a plugin', async () => {
    const { watch, next } = startWatch();
    watch.scopeFor('p', 1, { root: '/plugins/p' });
    throwLater(
      errorIn('/app/node_modules/lib/i.js', 'wrapped', errorIn('/x.js', 'again', errorIn('/plugins/p/i.js'))),
    );
    deepEqual([(await next()).plugin], ['p']);
  });

  it('goes round in no circle of causes', async () => {
    const { watch, next } = startWatch();
    const error = errorIn('/app/node_modules/lib/index.js');
    error.cause = error;
    watch.scopeFor('p', 1, { root: '/plugins/p' }).run(throwLater, error);
    equal((await next()).foundBy, 'context');
  });

  it('knows a folder from another whose name begins with its name', async () => {
    const { watch, next } = startWatch();
    watch.scopeFor('ab', 1, { root: '/plugins/ab' });
    watch.scopeFor('a', 1, { root: '/plugins/a' });
    throwLater(errorIn('file:///plugins/ab/index.js'));
    equal((await next()).plugin, 'ab');
  });

  it('is not taken in by a message that quotes a stack', async () => {
    const { watch, next } = startWatch();
    watch.scopeFor('quoted', 1, { root: '/plugins/quoted' });
    const quoting = errorIn('/plugins/p/index.js', `failed:\n    at f (/plugins/quoted/index.js:1:1)`);
    watch.scopeFor('p', 1, { root: '/plugins/p' });
    throwLater(quoting);
    equal((await next()).plugin, 'p');
  });

  it('goes by the context where there is no stack: a string, undefined, an object with a broken one', async () => {
    const { watch, next } = startWatch();
    const scope = watch.scopeFor('p', 1, { root: '/plugins/p' });
    const broken = {
      get stack(): string {
        throw new Error('no');
      },
    };
    for (const thrown of ['a string', undefined, broken]) {
      scope.run(throwLater, thrown);
      const { plugin, foundBy, error } = await next();
      deepEqual([plugin, foundBy, error.code], ['p', 'context', 'ESCAPED_ERROR']);
      if (thrown) equal(error.cause, thrown);
      match(error.message, /no line of it is in the stack, but it has started what failed/);
    }
    void scope.run(async () => Promise.reject('a reason' as unknown as Error));
    deepEqual([(await next()).origin], ['unhandledRejection']);
  });

  it('does not believe the context against the app’s own lines', async () => {
    const { watch, next } = startWatch();
    const shared = watch.scopeFor('of-the-app', 1, { root: '/app/src/orders', isShared: true });
    shared.run(throwLater, errorIn('file:///app/src/orders/poller.js'));
    equal((await next()).plugin, 'of-the-app');
    const unknown = watch.scopeFor('anywhere', 1, { isShared: true });
    unknown.run(throwLater, errorIn(ofApp));
    equal((await next()).plugin, 'anywhere');
    equal(
      shared.run(() => findCulprit(errorIn(ofApp))),
      undefined,
    );
    const throughApp = errorIn(ofApp);
    throughApp.stack += '\n    at Poller.tick (/app/src/orders/poller.js:8:2)';
    equal(shared.run(() => findCulprit(throughApp))?.foundBy, 'context');
  });

  it('is the app’s where no plugin has a line, nor has started it', () => {
    startWatch().watch.scopeFor('p', 1, { root: '/plugins/p' });
    for (const thrown of ['a string', undefined, errorIn(ofApp), errorIn('/app/node_modules/lib/index.js')]) {
      equal(findCulprit(thrown), undefined);
    }
  });

  it('is the app’s for an error that has told it of a plugin’s: it could have caught that', () => {
    startWatch().watch.scopeFor('p', 1, { root: '/plugins/p' });
    const told = new PluginError({
      code: 'PLUGIN_FAILED',
      message: 'told',
      fix: 'none',
      plugin: 'p',
      phase: 'start',
      cause: errorIn('/plugins/p/index.js'),
    });
    equal(findCulprit(told), undefined);
  });

  it('says how far inside the stack it is, and counts the lines of causes on', () => {
    startWatch().watch.scopeFor('p', 1, { root: '/plugins/p' });
    const direct = errorIn('/plugins/p/index.js');
    const asCause = errorIn(ofApp, 'wrapped', errorIn('/app/node_modules/lib/index.js', 'again', direct));
    deepEqual(
      [direct, asCause].map((error) => findCulprit(error)?.depth),
      [0, 2],
    );
  });

  it('still names a plugin whose generation is over, and says that it is', async () => {
    const { watch, next } = startWatch();
    const old = watch.scopeFor('p', 1, { evaluatedAs: 'plugboard:p@1' });
    old.run(throwLater, 'late');
    old.end();
    watch.scopeFor('p', 2, { evaluatedAs: 'plugboard:p@2' });
    const byContext = await next();
    deepEqual([byContext.plugin, byContext.generation, byContext.isLate], ['p', 1, true]);
    match(byContext.error.message, /after it was stopped/);
    match(byContext.error.fix, /onStop/);
    throwLater(errorIn('plugboard:p@1'));
    const byStack = await next();
    deepEqual([byStack.generation, byStack.isLate, byStack.foundBy], [1, true, 'stack']);
  });

  it('goes to the generation that runs where a file is of several', async () => {
    const { watch, next } = startWatch();
    const generations = [1, 2, 3].map((number) => watch.scopeFor('p', number, { root: '/plugins/p' }));
    generations[0]?.end();
    generations[2]?.end();
    throwLater(errorIn('/plugins/p/contract.js'));
    equal((await next()).generation, 2);
    generations[0]?.run(throwLater, errorIn('/plugins/p/contract.js'));
    equal((await next()).generation, 1);
  });

  it('goes to the host whose plugin it is, of two with the same plugin', async () => {
    const leaky = join(fixtures, 'plugins/leaky');
    const { Stage } = await import('../../fixtures/escapes/stage.ts');
    const options = { plugins: [leaky], services: [Stage] };
    const benches = [await EscapeBench.start(options), await EscapeBench.start(options)];
    for (const bench of benches) {
      await bench.request.get('/leaky/setTimeout').expect(200);
      equal((await bench.next()).plugin, 'leaky');
    }
    deepEqual(
      benches.map(({ lines }) => lines.length),
      [0, 0],
    );
  });

  it('is a plugin’s for what it makes for another, at any time', async () => {
    const folder = await folderWith({
      'plugins/maker/contract.ts': `import { token } from 'plugboard';
        export abstract class Gauge {}; export abstract class Meter {}`,
      'plugins/maker/index.ts': `import { Plugin } from 'plugboard'; import { injectable } from 'inversify';
        import { Gauge, Meter } from './contract.ts';
        @injectable('Transient') class OwnGauge extends Gauge { constructor() { super(); setTimeout(() => { throw 'gauge'; }, 1); } }
        @injectable('Transient') class OwnMeter extends Meter { constructor() { super(); setTimeout(() => { throw 'meter'; }, 1); } }
        @Plugin({ name: 'maker', services: [[Gauge, OwnGauge], [Meter, OwnMeter]], exports: [Gauge, Meter] })
        export class MakerPlugin {}`,
      'plugins/user/index.ts': `import { Plugin } from 'plugboard'; import { injectable } from 'inversify';
        import { Get, JsonController } from 'routing-controllers'; import { Gauge, Meter } from '../maker/contract.ts';
        @injectable('Request') @JsonController('/meter') class MeterController {
          constructor(private readonly meter: Meter) {}
          @Get('/') read() { return {}; }
        }
        @Plugin({ name: 'user', controllers: [MeterController] })
        export class UserPlugin { constructor(private readonly gauge: Gauge) {} }`,
    });
    const bench = await EscapeBench.start({ plugins: [join(folder, 'plugins')] });
    deepEqual(
      bench.host.plugins.map(({ state, failure }) => failure?.message ?? state),
      ['running', 'running'],
    );
    const gauge = await bench.next();
    deepEqual([gauge.plugin, gauge.error], ['maker', 'gauge']);
    await bench.request.get('/meter').expect(200);
    const meter = await bench.next();
    deepEqual([meter.plugin, meter.error], ['maker', 'meter']);
  });
});

describe('the context of a plugin', () => {
  afterEach(stopWatches);

  it('is left for the time of a call that is another’s', async () => {
    const { watch, next } = startWatch();
    const [one, other] = [watch.scopeFor('one', 1, {}), watch.scopeFor('other', 1, {})];
    one.run(() => runFor(other, throwLater, 'of the other'));
    equal((await next()).plugin, 'other');
    one.run(() => {
      runFor(other, () => undefined);
      throwLater('of the one');
    });
    equal((await next()).plugin, 'one');
    ok(one.isWatched);
    await watch.stop();
    equal(one.isWatched, false);
  });

  it('is not there where it is not to be followed', async () => {
    const watch = new EscapeWatch(() => undefined);
    watch.start(false);
    watches.push(watch);
    equal(watch.scopeFor('p', 1, {}).run(currentScope), undefined);
  });

  it('is not entered from outside of all: what a request needs is mostly nobody’s', () => {
    const scope = startWatch().watch.scopeFor('p', 1, {});
    equal(runFor(scope, currentScope), undefined);
    equal(scope.run(currentScope), scope);
  });

  it('is nobody’s once the host is closed', async () => {
    const { watch } = startWatch();
    const scope = watch.scopeFor('p', 1, {});
    await watch.stop();
    equal(scope.run(currentScope), undefined);
  });
});
