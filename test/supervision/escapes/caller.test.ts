import { equal, throws } from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { findCaller } from '#lib/supervision/escapes/blame.js';
import { EscapeWatch } from '#lib/supervision/escapes/escape-watch.js';

type Call<R> = () => R;

/**
 * Calls from a function in each of these files, the outermost first. Further out is this file, which is the app’s.
 */
function from<R>(files: readonly string[], call: Call<R>): R {
  const functions = files.map(
    (filename) => runInThisContext('(call) => call()', { filename }) as (call: Call<R>) => R,
  );
  return functions.reduceRight<Call<R>>((inner, outer) => outer.bind(undefined, inner), call)();
}

const ofPlugin = '/plugins/p/index.js';
const ofPackage = '/app/node_modules/lib/index.js';
const ofApp = '/app/src/main.js';

describe('who calls what acts on the whole process', () => {
  let watch: EscapeWatch;
  beforeEach(() => {
    watch = new EscapeWatch(() => undefined);
    watch.start();
  });
  afterEach(async () => watch.stop());

  it('is the plugin whose line is the innermost', () => {
    const p = watch.scopeFor('p', 1, { root: '/plugins/p' });
    const q = watch.scopeFor('q', 1, { evaluatedAs: 'plugboard:q@1' });
    equal(from([ofApp, ofPlugin, 'plugboard:q@1'], findCaller), q);
    equal(from(['plugboard:q@1', ofPlugin], findCaller), p);
  });

  it('is the plugin that does it through packages, however deep, for which traces are made longer for once', () => {
    const scope = watch.scopeFor('p', 1, { root: '/plugins/p' });
    const { stackTraceLimit } = Error;
    equal(from([ofPlugin, ...Array.from({ length: 30 }, () => ofPackage)], findCaller), scope);
    equal(Error.stackTraceLimit, stackTraceLimit);
  });

  it('is the app where a plugin calls it: then the app decides', () => {
    const scope = watch.scopeFor('p', 1, { root: '/plugins/p' });
    const throughApp = [ofPlugin, ofApp, ofPackage];
    equal(from(throughApp, findCaller), undefined);
    equal(
      scope.run(() => from(throughApp, findCaller)),
      undefined,
    );
  });

  it('is the app where no plugin has a line', () => {
    watch.scopeFor('p', 1, { root: '/plugins/p' });
    equal(findCaller(), undefined);
    equal(from([ofPackage], findCaller), undefined);
  });

  it('is the plugin in whose context we are where the line may be of either, as they share a folder', () => {
    const shared = watch.scopeFor('shared', 1, { root: '/app/src', isShared: true });
    const elsewhere = watch.scopeFor('elsewhere', 1, { root: '/plugins/elsewhere' });
    const call = (): unknown => from([ofApp, ofPackage], findCaller);
    equal(shared.run(call), shared);
    equal(elsewhere.run(call), undefined);
    equal(call(), undefined);
  });

  it('is the plugin in whose context we are where Node itself calls', async () => {
    const scope = watch.scopeFor('p', 1, { root: '/plugins/p' });
    equal(await scope.run(async () => Promise.resolve().then(findCaller)), scope);
    equal(await Promise.resolve().then(findCaller), undefined);
  });

  it('is told that it may not where it is a plugin, and does as it likes where it is the app', () => {
    watch.scopeFor('p', 1, { root: '/plugins/p' });
    const stay = (): void => process.chdir('.');
    throws(() => from([ofPlugin], process.chdir.bind(process, '.')), { code: 'FORBIDDEN_CALL', plugin: 'p' });
    from([ofPlugin], stay);
  });
});
