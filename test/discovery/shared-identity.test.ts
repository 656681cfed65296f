import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { folderWith, loadAll, removeFolders } from './temporary-folder.ts';
import { app } from './temporary-folder.ts';
import * as contracts from '../fixtures/plugins/contracts.ts';
import { Store } from '../fixtures/plugins/store-owner/contract.ts';
import type { LoadedSource } from '#lib/discovery/load-source.js';

const folder = join(import.meta.dirname, '../fixtures/plugins');

describe('what plugins share', () => {
  let loaded: LoadedSource[] = [];
  before(async () => {
    loaded = await loadAll(folder);
  });
  after(() => loaded.forEach(({ dispose }) => dispose()));
  afterEach(removeFolders);

  it('are contracts outside of all plugins: one class for the app and every plugin', () => {
    deepEqual(
      loaded.map(({ record }) => record.options.name),
      ['clock-user', 'single', 'store-owner', 'store-user'],
    );
    const tokens = loaded[0]?.exports.tokens as typeof contracts;
    equal(tokens.Clock, contracts.Clock);
    equal(tokens.Unit, contracts.Unit);
  });

  it("is a plugin's contract.ts: one class for its owner, for its users and for the app", () => {
    equal(loaded[2]?.exports.Store, Store);
    equal(loaded[3]?.exports.Store, Store);
    deepEqual(Reflect.getMetadata('design:paramtypes', loaded[3]?.pluginClass as object), [Store]);
  });

  it('is not what a plugin keeps in its own files: each generation has its own', async () => {
    const again = await loadAll(folder, { generation: 2 });
    notEqual(again[2]?.pluginClass, loaded[2]?.pluginClass);
    again.forEach(({ dispose }) => dispose());
  });

  it('is not a part that a single-file plugin keeps in a file with an underscore', () => {
    equal(loaded[1]?.exports.description, join(folder, '_single-part.ts'));
    deepEqual(loaded[1]?.files.toSorted(), [join(folder, '_single-part.ts'), join(folder, 'single.ts')]);
  });

  it('is a folder named contract too', async () => {
    const root = await folderWith({
      'owner/index.ts': `import { Plugin } from 'plugboard'; import { Store } from './contract/index.js';
        export const seen = Store; @Plugin({ name: 'owner' }) export class Owner {}`,
      'owner/contract/index.ts': `export { Store } from './store.js';`,
      'owner/contract/store.ts': 'export class Store {}',
      'user.ts': `import { Plugin } from 'plugboard'; import { Store } from './owner/contract/store.js';
        export const seen = Store; @Plugin({ name: 'user' }) export class User {}`,
    });
    const [owner, user] = await loadAll(root);
    ok(owner?.exports.seen);
    equal(owner.exports.seen, user?.exports.seen);
  });

  it('works in an app that was started without plugboard/register: the first contract registers it', async () => {
    const script = `
      import { findSources } from '#lib/discovery/find-sources.js';
      import { loadSource } from '#lib/discovery/load-source.js';
      const sources = await findSources([${JSON.stringify(folder)}], { cwd: process.cwd() });
      const loaded = await loadSource(sources[0], { generation: 1, roots: [], cwd: process.cwd() });
      const { Clock } = await import(${JSON.stringify(pathToFileURL(join(folder, 'contracts.ts')).href)});
      console.log(loaded.exports.tokens.Clock === Clock);`;
    const { stdout } = await run(script);
    equal(stdout.trim(), 'true');
  });
});

describe('the bundler', () => {
  it('is loaded when the first folder is, and not for classes and packages', async () => {
    const script = `
      import { findSources } from '#lib/discovery/find-sources.js';
      import { loadSource } from '#lib/discovery/load-source.js';
      import { Plugin } from 'plugboard';
      class Inline {}
      Plugin({ name: 'inline' })(Inline);
      const isLoaded = () => process.report.getReport().sharedObjects.some((name) => name.includes('rolldown'));
      const options = { generation: 1, roots: [], cwd: process.cwd() };
      const sources = await findSources([Inline, 'semver', ${JSON.stringify(join(folder, 'store-owner'))}], options);
      await loadSource(sources[0], options);
      await loadSource(sources[1], options).catch((error) => error.code);
      const before = isLoaded();
      await loadSource(sources[2], options);
      console.log(before, isLoaded());`;
    const { stdout } = await run(script);
    equal(stdout.trim(), 'false true');
  });
});

/** Runs a module in a process of its own, in the repository, without plugboard/register. */
async function run(script: string): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: app });
}
