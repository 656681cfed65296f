import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { cjsPackage } from './sample-packages.ts';
import { folderWith, loadAll, loadPlugin, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

describe('bundling a plugin', () => {
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
