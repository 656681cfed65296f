import { deepEqual, equal, match } from 'node:assert/strict';
import express from 'express';
import { cjsPackage, esmPackage } from './sample-packages.ts';
import { folderWith, loadAll, loadPlugin, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

describe('what a plugin imports from outside', () => {
  it('gives a default and named imports of a CommonJS package what Node gives', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`import old, { extra } from 'old'; export const seen = [old(), extra, old.extra];`),
      ...cjsPackage,
    });
    deepEqual(exports.seen, ['called', 1, 1]);
  });

  it('does so in a folder of type "module" too', async () => {
    const { exports } = await loadPlugin({
      'package.json': '{ "type": "module" }',
      'index.ts': plugin(`import old, { extra } from 'old'; import express from 'express';
        export const seen = [old(), extra, typeof express.Router];`),
      ...cjsPackage,
    });
    deepEqual(exports.seen, ['called', 1, 'function']);
  });

  it('gives a default and named imports of an ES module what Node gives', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`import Young, { size } from 'young'; import * as all from 'young';
        export const seen = [Young.name, size, all.size, all.default === Young];`),
      ...esmPackage,
    });
    deepEqual(exports.seen, ['Young', 3, 3, true]);
  });

  it('goes by what a package is, not by the ending of its file', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`import old from 'old'; export const seen = [old()];`),
      'node_modules/old/package.json': '{ "main": "./dist.cjs" }',
      'node_modules/old/dist.cjs': 'module.exports = () => "called";',
    });
    deepEqual(exports.seen, ['called']);
  });

  it('takes import x = require() of a function', async () => {
    const { exports } = await loadPlugin({
      'index.cts': plugin(`import old = require('old'); export const seen = old();`),
      ...cjsPackage,
    });
    equal(exports.seen, 'called');
  });

  it('takes the file of a package that Node takes, for import and for require, and not that for bundlers', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(
        `import one from 'dual'; import two from './old.cjs'; export const seen = [one, two];`,
      ),
      'old.cjs': `module.exports = require('dual');`,
      'node_modules/dual/package.json':
        '{ "exports": { "module": "./no.js", "bundler": "./no.js", "import": "./i.mjs", "require": "./r.cjs" } }',
      'node_modules/dual/i.mjs': `export default 'imported';`,
      'node_modules/dual/r.cjs': `module.exports = 'required';`,
    });
    deepEqual(exports.seen, ['imported', 'required']);
  });

  it("prefers a plugin's own node_modules over the app's", async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`import own from 'express'; export const seen = own;`),
      'node_modules/express/package.json': '{ "name": "express", "main": "main.js" }',
      'node_modules/express/main.js': 'module.exports = "own express";',
    });
    equal(exports.seen, 'own express');
  });

  it("takes from the app what the plugin does not have: the app's own instance", async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`export { default as seen } from 'express';`),
    });
    equal(exports.seen, express);
  });

  it("always takes the host's copy of inversify, whatever the plugin has installed", async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`export { Container as seen } from 'inversify';`),
      'node_modules/inversify/package.json': '{ "name": "inversify", "main": "main.js" }',
      'node_modules/inversify/main.js': 'exports.Container = "another";',
    });
    equal(exports.seen, (await import('inversify')).Container);
  });

  it('imports JSON, with and without an attribute, and built-in modules by either name', async () => {
    const { exports } = await loadPlugin({
      'index.ts':
        plugin(`import data from './data.json' with { type: 'json' }; import { size } from './data.json';
        import path, { join } from 'path'; import { readFileSync } from 'node:fs';
        export const seen = [data.size, size, path.join === join, typeof readFileSync];`),
      'data.json': '{ "size": 4 }',
    });
    deepEqual(exports.seen, [4, 4, true, 'function']);
  });

  it('imports own files, packages and built-ins dynamically, when they are asked for', async () => {
    const { exports } = await loadPlugin({
      'index.ts':
        plugin(`export const part = () => import('./part.js'); export const old = () => import('old');
        export const fs = () => import('node:fs'); export const none = () => import('not-installed');`),
      'part.ts': `export const loadedAt = { now: 1 };`,
      ...cjsPackage,
    });
    const { part, old, fs, none } = exports as Record<string, () => Promise<Record<string, unknown>>>;
    deepEqual((await part?.())?.loadedAt, { now: 1 });
    equal(Reflect.apply((await old?.())?.default as () => string, undefined, []), 'called');
    equal(typeof (await fs?.())?.readFileSync, 'function');
    const error = await none?.().catch((error: unknown) => error);
    match(String(error), /Cannot find 'not-installed' imported from .*sample.index\.ts/);
  });

  it('imports JSON that is outside of the plugin, and the default of a package that was compiled to CommonJS', async () => {
    const folder = await folderWith({
      'shared.json': '{ "size": 7 }',
      'sample/index.ts':
        plugin(`import shared from '../shared.json' with { type: 'json' }; import compiled, { part } from 'compiled';
        import old from './old.cjs'; export const seen = [shared.size, compiled, part, old.size];`),
      'sample/old.cjs': `exports.size = require('../shared.json').size;`,
      'node_modules/compiled/index.js': `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 1; exports.part = 2;`,
    });
    const [loaded] = await loadAll(folder);
    deepEqual(loaded?.exports.seen, [7, { default: 1, part: 2 }, 2, 7]);
  });

  it('skips a getter of a package that throws, for nobody may ask for it', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(
        `import partial, { whole } from 'partial'; export const seen = [whole, Object.keys(partial).length];`,
      ),
      'node_modules/partial/index.js': `module.exports = Object.fromEntries([['whole', 1]]);
        Object.defineProperty(module.exports, 'half', { enumerable: true, get() { throw new Error('not installed'); } });`,
    });
    deepEqual(exports.seen, [1, 2]);
  });
});
