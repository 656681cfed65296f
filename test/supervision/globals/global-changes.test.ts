import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { join } from 'node:path';
import { watchGlobals } from '#lib/supervision/globals/global-changes.js';
import { closeHosts, folderWith, removeFolders, serve, statusOf } from '../../host/hosting.ts';

const globals = globalThis as unknown as Record<string, unknown>;
const prototype = Array.prototype as unknown as Record<string, unknown>;

function warningsOf(load: () => unknown): readonly string[] {
  const warnings: string[] = [];
  watchGlobals(load, (warning) => warnings.push(warning));
  return warnings;
}

describe('what code changes of what everyone shares', () => {
  const { parse } = JSON;
  afterEach(() => {
    JSON.parse = parse;
    for (const name of ['mine', 'before']) Reflect.deleteProperty(globals, name);
    Reflect.deleteProperty(prototype, 'last');
  });

  it('is named: what is added, changed and removed', () => {
    globals['before'] = 1;
    const [warning, ...others] = warningsOf(() => {
      globals['mine'] = 1;
      prototype['last'] = () => undefined;
      JSON.parse = (text: string) => parse(text) as unknown;
      Reflect.deleteProperty(globals, 'before');
    });
    match(
      warning ?? '',
      /^It has changed .*: added globalThis\.mine, removed globalThis\.before, added Array\.prototype\.last, changed JSON\.parse\. Export/,
    );
    deepEqual(others, []);
  });

  it('is nothing where nothing is changed, and where a global of Node is used for the first time', () => {
    deepEqual(
      warningsOf(() => 1),
      [],
    );
    deepEqual(
      warningsOf(() => Object.assign(globalThis, { [Symbol.for('plugboard.test')]: 1 })),
      [],
    );
    const used = warningsOf(() =>
      Reflect.ownKeys(globalThis).map((key) => (globalThis as Record<PropertyKey, unknown>)[key]),
    );
    deepEqual(used, []);
  });

  it('is not what the helpers of a compiler are, which tslib puts there', () => {
    const helpers = { __decorate: () => undefined, __awaiter: () => undefined };
    const found = warningsOf(() => Object.assign(globalThis, helpers));
    for (const name of Object.keys(helpers)) Reflect.deleteProperty(globals, name);
    deepEqual(found, []);
  });

  it('is named also where a property is read or written by other functions, and where something else is inherited', () => {
    const target = Object.defineProperty(globals, 'mine', {
      get: () => 1,
      set: () => {},
      configurable: true,
    });
    const { get, set } = Object.getOwnPropertyDescriptor(target, 'mine') ?? {};
    const redefined = (own: PropertyDescriptor): readonly string[] =>
      warningsOf(() => Object.defineProperty(globals, 'mine', { get, set, ...own }));
    deepEqual(redefined({}), []);
    match(redefined({ set: () => undefined })[0] ?? '', /: changed globalThis\.mine\./);
    match(redefined({ get: () => 2 })[0] ?? '', /: changed globalThis\.mine\./);
    const inherit = (from: object | null) => Object.setPrototypeOf(JSON, from) as unknown;
    match(warningsOf(() => inherit(null))[0] ?? '', /: changed JSON\.\[\[Prototype\]\]\./);
    inherit(Object.prototype);
  });

  it('is named where a value takes the place of a getter that gave another', () => {
    Object.defineProperty(globals, 'mine', { get: () => 1, configurable: true });
    match(
      warningsOf(() => Object.defineProperty(globals, 'mine', { value: 2 }))[0] ?? '',
      /: changed globalThis\.mine\./,
    );
    Object.defineProperty(globals, 'before', { get: () => 1, configurable: true });
    deepEqual(
      warningsOf(() => Object.defineProperty(globals, 'before', { value: 1 })),
      [],
    );
  });

  it('is named as well, and of itself alone, for a load that takes time', async () => {
    const warnings: string[] = [];
    await watchGlobals(
      async () => {
        await Promise.resolve();
        globals['mine'] = 1;
      },
      (warning) => warnings.push(warning),
    );
    equal(warnings.length, 1);
    match(warnings[0] ?? '', /^It has changed .*: added globalThis\.mine\./);
  });

  it('is named without a count up to ten', () => {
    const names = Array.from({ length: 10 }, (_, index) => `mine${index}`);
    const [warning] = warningsOf(() => names.forEach((name) => (globals[name] = 1)));
    names.forEach((name) => Reflect.deleteProperty(globals, name));
    match(warning ?? '', /added globalThis\.mine9\. Export/);
  });

  it('is named once where it is long', () => {
    const names = Array.from({ length: 40 }, (_, index) => `mine${index}`);
    const [warning] = warningsOf(() => names.forEach((name) => (globals[name] = 1)));
    names.forEach((name) => Reflect.deleteProperty(globals, name));
    match(warning ?? '', /added globalThis\.mine9 and 30 more\./);
  });

  it('does not keep an error from its way', () => {
    throws(
      () =>
        warningsOf(() => {
          throw new RangeError('broken');
        }),
      RangeError,
    );
  });

  it('of a load that takes time is not what another does meanwhile', async () => {
    const warnings: string[] = [];
    let finish = (): void => undefined;
    const loaded = watchGlobals(
      async () => new Promise<void>((resolve) => (finish = resolve)),
      (warning) => warnings.push(warning),
    );
    equal(warningsOf(() => (globals['mine'] = 1)).length, 1);
    finish();
    await loaded;
    deepEqual(warnings, []);
  });

  it('says where it may have been another that was loaded at the same time', async () => {
    const warnings: string[] = [];
    const load = async (change: () => void): Promise<void> =>
      watchGlobals(
        async () => {
          await Promise.resolve();
          change();
        },
        (warning) => warnings.push(warning),
      );
    await Promise.all([load(() => undefined), load(() => (globals['mine'] = 1))]);
    ok(warnings.length > 0);
    for (const warning of warnings) match(warning, /^It, or what was loaded beside it, has changed/);
  });
});

describe('a plugin that changes what everyone shares', () => {
  afterEach(closeHosts);
  after(removeFolders);

  it('runs, and is named with it in its status and in the log', async () => {
    const folder = await folderWith({
      'plugins/rude/index.ts': `import { Plugin } from 'plugboard';
        Object.assign(String.prototype, { shout() { return this.toUpperCase(); } });
        @Plugin({ name: 'rude' }) export class RudePlugin {}`,
      'plugins/polite.ts': `import { Plugin } from 'plugboard'; @Plugin({ name: 'polite' }) export class PolitePlugin {}`,
    });
    const { host, logs } = await serve({ plugins: [join(folder, 'plugins')] });
    Reflect.deleteProperty(String.prototype, 'shout');
    equal(statusOf(host, 'rude').state, 'running');
    match(statusOf(host, 'rude').warnings[0] ?? '', /added String\.prototype\.shout/);
    deepEqual(statusOf(host, 'polite').warnings, []);
    equal(logs.filter(({ plugin, level }) => plugin === 'rude' && level === 'warn').length, 1);
  });
});
