import { deepEqual, equal, match } from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import express from 'express';
import { cjsPackage, esmPackage } from './sample-packages.ts';
import { loadPlugin, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

describe("what a plugin's files find around them", () => {
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
});
