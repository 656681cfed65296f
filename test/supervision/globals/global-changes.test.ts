import { deepEqual, equal, match, throws } from 'node:assert/strict';
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
