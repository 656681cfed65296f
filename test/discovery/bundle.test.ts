import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import express from 'express';
import { folderWith, loadAll, loadPlugin, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

const cjsPackage = {
  'node_modules/old/package.json': '{ "name": "old", "version": "1.0.0" }',
  'node_modules/old/index.js': 'function old() { return "called"; }\nold.extra = 1;\nmodule.exports = old;',
};
const esmPackage = {
  'node_modules/young/package.json':
    '{ "name": "young", "type": "module", "exports": { "import": "./main.js" } }',
  'node_modules/young/main.js': 'export default class Young {}\nexport const size = 3;',
};

describe('bundling a plugin', () => {
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

  it('gives each file its own import.meta and __dirname, not those of the entry', async () => {
    const loaded = await loadPlugin({
      'index.ts': plugin(`import { here } from './deep/part.js'; import old from './deep/old.cjs';
        export const seen = [here, old.here, import.meta.filename];`),
      'deep/part.ts': `export const here = [import.meta.url, import.meta.dirname, __filename];`,
      'deep/old.cjs': `'use strict'; exports.here = [__dirname, __filename];`,
    });
    const root = String(loaded.root);
    const part = join(root, 'deep/part.ts');
    deepEqual(loaded.exports.seen, [
      [pathToFileURL(part).href, join(root, 'deep'), part],
      [join(root, 'deep'), join(root, 'deep/old.cjs')],
      join(root, 'index.ts'),
    ]);
  });

  it('resolves by import.meta.resolve as Node does', async () => {
    const loaded = await loadPlugin({
      'index.ts': plugin(
        `export const seen = ['./x.js', 'old', 'fs', 'plugboard', 'node:path'].map(import.meta.resolve);`,
      ),
      ...cjsPackage,
    });
    const base = pathToFileURL(String(loaded.root)).href;
    deepEqual(loaded.exports.seen, [
      `${base}/x.js`,
      `${base}/node_modules/old/index.js`,
      'node:fs',
      import.meta.resolve('plugboard'),
      'node:path',
    ]);
  });

  it('leaves an own __dirname of the author alone', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`const __dirname = 'mine'; export const seen = __dirname;`),
    });
    equal(exports.seen, 'mine');
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

  it('imports by a computed name, seen from the file that asks', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(`export { get } from './deep/part.js';`),
      'deep/part.ts': `export const get = (name: string) => import(name);`,
      'deep/table.js': `exports.legs = 4;`,
      'deep/typed.ts': `export const legs: number = 3;`,
      ...esmPackage,
    });
    const get = exports.get as (name: string) => Promise<Record<string, unknown>>;
    equal((await get('./table.js')).legs, 4);
    equal((await get('./typed.js')).legs, 3);
    equal((await get('young')).size, 3);
    equal((await get('express')).default, express);
    equal(typeof (await get('fs')).readFileSync, 'function');
    equal((await get('plugboard')).Plugin, (await import('plugboard')).Plugin);
    match(String(await get('nowhere').catch((error: unknown) => error)), /Cannot find 'nowhere'/);
  });

  it('takes CommonJS files of JavaScript as they are', async () => {
    const { exports, pluginClass } = await loadPlugin({
      'index.cjs': `'use strict';
        const { Plugin } = require('plugboard');
        const old = require('old');
        const { join } = require('path');
        const part = require('./part.cjs');
        const data = require('./data.json');
        class Sample {}
        Plugin({ name: 'sample' })(Sample);
        module.exports = { Sample, seen: [old(), join('a', 'b'), part.value, data.size] };`,
      'part.cjs': 'exports.value = 5;',
      'data.json': '{ "size": 6 }',
      ...cjsPackage,
    });
    deepEqual(exports.seen, ['called', join('a', 'b'), 5, 6]);
    equal(pluginClass.name, 'Sample');
  });

  it('emits the metadata of enums, and Object for an interface that is imported without type, with a warning', async () => {
    const { exports, warnings } = await loadPlugin({
      'index.ts': plugin(`import { Kind, Shape } from './types.js'; const mark = () => undefined;
        export class User { @mark use(kind: Kind, shape: Shape, text: string): void {} }`),
      'types.ts': 'export enum Kind { a, b }\nexport interface Shape { readonly size: number }',
    });
    const { prototype } = exports.User as { prototype: object };
    const types = Reflect.getMetadata('design:paramtypes', prototype, 'use') as unknown[];
    equal(typeof types[0], 'object');
    deepEqual(types.slice(1), [Object, String]);
    equal(warnings.length, 1);
    match(
      String(warnings[0]),
      /sample\/index\.ts:2 imports 'Shape'.*sample\/types\.ts.*import type \{ Shape \}/,
    );
  });

  it('keeps the name of each class, where two files use one name', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin(
        `import { Store as Other } from './other.js'; class Store {} export const seen = [Store.name, Other.name];`,
      ),
      'other.ts': 'export class Store {}',
    });
    deepEqual(exports.seen, ['Store', 'Store']);
  });

  it('makes new classes with each load', async () => {
    const folder = await folderWith({ 'sample/index.ts': plugin() });
    const [first] = await loadAll(folder, { generation: 71 });
    const [second] = await loadAll(folder, { generation: 72 });
    ok(first && second);
    notEqual(first.pluginClass, second.pluginClass);
    deepEqual([first.file, second.file], ['plugboard:sample@71', 'plugboard:sample@72']);
    first.dispose();
    second.dispose();
  });

  it('tells the files that it is made of', async () => {
    const { files, root } = await loadPlugin({
      'index.ts': plugin(`import './part.js'; import 'express';`),
      'part.ts': 'export {};',
    });
    deepEqual([...files].sort(), [join(String(root), 'index.ts'), join(String(root), 'part.ts')]);
  });

  it('does without a tsconfig.json that can not be read', async () => {
    const { exports } = await loadPlugin({
      'index.ts': plugin('export const seen = 1;'),
      'tsconfig.json': '{ broken',
    });
    equal(exports.seen, 1);
  });

  it('runs ES modules strictly, and CommonJS as it says', async () => {
    const strict = await loadPlugin({
      'index.ts': plugin('export const seen = (function (this: unknown) { return this; })();'),
    });
    equal(strict.exports.seen, undefined);
    const sloppy = await loadPlugin({
      'index.cjs': `const { Plugin } = require('plugboard'); exports.A = class A {}; Plugin({ name: 'a' })(exports.A);
        exports.seen = typeof (function () { return this; })();`,
    });
    equal(sloppy.exports.seen, 'object');
  });

  it("emits decorator metadata whatever the plugin's tsconfig.json says", async () => {
    const { exports } = await loadPlugin({
      'tsconfig.json':
        '{ "compilerOptions": { "experimentalDecorators": false, "emitDecoratorMetadata": false } }',
      'index.ts': plugin(
        `const mark = () => undefined; @mark class User { constructor(readonly at: Date) {} } export const seen = User;`,
      ),
    });
    deepEqual(Reflect.getMetadata('design:paramtypes', exports.seen as object), [Date]);
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

  it('counts letters outside of ASCII as one, where it puts names in', async () => {
    const { exports } = await loadPlugin({
      'index.ts':
        plugin(`export const smile = 'ä😀ß'; export const here = import.meta.filename.slice(-8), smiles = 'ß😀';
        export const get = (name: string) => import(name); export const lazy = () => import('node:fs');`),
    });
    deepEqual([exports.smile, exports.here, exports.smiles], ['ä😀ß', 'index.ts', 'ß😀']);
    equal(
      typeof ((await (exports.get as (name: string) => Promise<object>)('fs')) as { stat: unknown }).stat,
      'function',
    );
    equal(typeof ((await (exports.lazy as () => Promise<object>)()) as { stat: unknown }).stat, 'function');
  });

  it('leaves a name alone that the author made in another way', async () => {
    const { exports } = await loadPlugin({
      'index.ts':
        plugin(`import { __filename } from './paths.js'; const { __dirname } = { __dirname: 'mine' };
        export const seen = [__filename, __dirname];`),
      'paths.ts': `const name = 'theirs'; export { name as __filename };`,
    });
    deepEqual(exports.seen, ['theirs', 'mine']);
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

  it('warns of a contract that imports a file which is in the bundle as well', async () => {
    const { warnings } = await loadPlugin({
      'index.ts': plugin(
        `import { Store } from './contract.js'; import { Base } from './base.js'; export const seen = [Store, Base];`,
      ),
      'contract.ts': `import { Base } from './base.js'; import type { Other } from './other.js';
        export class Store extends Base {} export type { Other }; export { helper } from './helper.js';`,
      'base.ts': 'export class Base {}',
      'helper.ts': 'export const helper = 1;',
      'other.ts': 'export interface Other {}',
    });
    equal(warnings.length, 1);
    match(String(warnings[0]), /^sample\/contract\.ts imports sample\/base\.ts, .* two copies/);
  });

  it('bundles a hundred folders side by side', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `p${index}/index.ts`,
        plugin(`export const index = ${index};`),
      ]),
    );
    const loaded = await loadAll(await folderWith(files));
    equal(new Set(loaded.map(({ exports }) => exports.index)).size, 100);
    loaded.forEach(({ dispose }) => dispose());
  });
});
