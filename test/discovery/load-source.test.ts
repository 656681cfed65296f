import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { symlink, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Plugin } from 'plugboard';
import { findSources } from '#lib/discovery/find-sources.js';
import { loadSource, type LoadedSource } from '#lib/discovery/load-source.js';
import type { Class } from '#lib/plugin/tokens.js';
import { app, failureOf, folderWith, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

@Plugin({ name: 'inline' })
class InlinePlugin {}

async function load(given: string | Class, cwd = app): Promise<LoadedSource> {
  const [source] = await findSources([given], { cwd });
  ok(source);
  return loadSource(source, { generation: 1, roots: [], cwd });
}

describe('loading a source', () => {
  it('takes a class as it is, in the folder of the file that called @Plugin', async () => {
    const loaded = await load(InlinePlugin);
    equal(loaded.pluginClass, InlinePlugin);
    equal(loaded.root, import.meta.dirname);
    deepEqual([loaded.record.options, loaded.files, loaded.file], [{ name: 'inline' }, [], undefined]);
    loaded.dispose();
  });

  it('reports a class without @Plugin', async () => {
    const error = await failureOf(load(class Plain {}));
    deepEqual([error.code, error.plugin], ['NO_PLUGIN', 'Plain']);
    equal(error.fix, "Write @Plugin({ name: 'plain' }) above class Plain.");
  });

  it('imports a package natively: the app has the same class', async () => {
    const cwd = await folderWith({
      'node_modules/shop/package.json': '{ "type": "module", "exports": "./main.js" }',
      'node_modules/shop/main.js': `import { Plugin } from ${JSON.stringify(import.meta.resolve('plugboard'))};
        export class Shop {}
        Plugin({ name: 'shop' })(Shop);`,
    });
    const loaded = await load('shop', cwd);
    const imported = (await import(pathToFileURL(join(cwd, 'node_modules/shop/main.js')).href)) as {
      Shop: unknown;
    };
    equal(loaded.pluginClass, imported.Shop);
    equal(loaded.root, join(cwd, 'node_modules/shop'));
  });

  it('takes a CommonJS package, whatever its exports are called', async () => {
    const cwd = await folderWith({
      'node_modules/old/index.js': `const mark = Symbol.for('plugboard:plugin');
        const make = () => { class Old {} Object.defineProperty(Old, mark, { value: { options: { name: 'old' } } }); return Old; };
        module.exports = Object.fromEntries([['Computed', make()]]);`,
    });
    equal((await load('old', cwd)).pluginClass.name, 'Old');
  });

  it('runs the TypeScript of a package of the workspace', async () => {
    const cwd = await folderWith({
      'packages/shop/index.ts': plugin(),
      'packages/shop/package.json': '{ "main": "index.ts", "type": "module" }',
    });
    await mkdir(join(cwd, 'node_modules'));
    await symlink(join(cwd, 'packages/shop'), join(cwd, 'node_modules/shop'));
    // Outside the repository nothing is called plugboard.
    await symlink(app, join(cwd, 'node_modules/plugboard'));
    equal((await load('shop', cwd)).record.options.name, 'sample');
  });

  it('says why a package can not be imported', async () => {
    const cwd = await folderWith({ 'node_modules/bad/index.js': 'throw new Error("no licence");' });
    const error = await failureOf(load('bad', cwd));
    deepEqual([error.code, error.plugin], ['IMPORT_FAILED', 'bad']);
    match(error.message, /no licence/);
  });

  it('rejects with the error of a broken source', async () => {
    equal((await failureOf(load('./nowhere'))).code, 'SOURCE_NOT_FOUND');
  });
});

describe('a generation that is gone', () => {
  it('is collected', async () => {
    const folder = await folderWith({
      'sample/index.ts': plugin(`export const big = new Array(1e5).fill({});`),
    });
    const script = `
      import { findSources } from '#lib/discovery/find-sources.js';
      import { loadSource } from '#lib/discovery/load-source.js';
      const [source] = await findSources([${JSON.stringify(join(folder, 'sample'))}], { cwd: process.cwd() });
      const generations = [];
      for (let generation = 1; generation <= 10; generation += 1) {
        const loaded = await loadSource(source, { generation, roots: [source.root], cwd: process.cwd() });
        loaded.dispose();
        generations.push(new WeakRef(loaded.pluginClass));
      }
      for (let round = 0; round < 10; round += 1) {
        await new Promise((done) => setImmediate(done));
        globalThis.gc();
      }
      console.log(generations.filter((generation) => generation.deref()).length);`;
    const options = ['--expose-gc', '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: app });
    ok(Number(stdout) <= 1, `${stdout.trim()} of 10 are left`);
  });
});
