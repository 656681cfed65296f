import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileTypeScript } from '#lib/register/compile-typescript.js';
import { commonJsNames } from '#lib/register/commonjs-names.js';
import { load, resolve } from '#lib/register/module-hooks.js';
import { registerTypeScript } from '#lib/register/register-typescript.js';
import { folderWith, removeFolders } from '../discovery/temporary-folder.ts';

const require = createRequire(import.meta.url);
const onNode20 = process.version.startsWith('v20.');

afterEach(removeFolders);

describe('requiring TypeScript', () => {
  it('finds the file by the name that it will have, and gives it once', () => {
    const dependency = require('../fixtures/register/cjs/dependency.cjs') as { name: string };
    equal(dependency.name, 'dependency');
    equal(require('../fixtures/register/cjs/dependency.cts'), dependency);
  });

  it('gives a file that was required first to an import', async () => {
    const required = require('../fixtures/register/cjs/thing.cts') as object;
    const imported = (await import('../fixtures/register/cjs/thing.cjs')) as { default: unknown };
    equal(imported.default, required);
  });

  it('fails as ever for what is not there', () => {
    const nothing = 'nothing';
    throws(() => require(`./${nothing}.js`) as unknown, { code: 'MODULE_NOT_FOUND' });
    throws(() => require(nothing) as unknown, { code: 'MODULE_NOT_FOUND' });
  });

  it('leaves published packages alone', async () => {
    const folder = await folderWith({ 'node_modules/raw/index.ts': 'enum A { a }\nexports.a = A.a;' });
    throws(() => require(join(folder, 'node_modules/raw/index.ts')) as unknown);
  });

  it('says on Node 20 to import what imports more TypeScript', async () => {
    const folder = await folderWith({
      'package.json': '{ "type": "module" }',
      'a.ts': `export { b } from './b.js';`,
      'b.ts': 'export enum b { x }',
    });
    const act = (): unknown => require(join(folder, 'a.ts'));
    if (onNode20) throws(act, /write await import\(\) instead/);
    else deepEqual(Object.keys(act() as object), ['b']);
  });

  it('throws what the file throws', async () => {
    const folder = await folderWith({
      'a.mts': `throw new RangeError('its own');`,
      'b.cts': `throw new RangeError('its own');`,
    });
    throws(() => require(join(folder, 'a.mts')) as unknown, RangeError);
    throws(() => require(join(folder, 'b.cts')) as unknown, RangeError);
  });
});

describe('importing TypeScript', () => {
  it('follows a subpath import to the file that will be compiled', async () => {
    const folder = await folderWith({
      'package.json': '{ "type": "module", "imports": { "#contracts": "./contracts.js" } }',
      'main.ts': `export { Clock } from '#contracts';`,
      'contracts.ts': 'export class Clock {}',
    });
    const { Clock } = (await import(pathToFileURL(join(folder, 'main.ts')).href)) as {
      Clock: { name: string };
    };
    equal(Clock.name, 'Clock');
  });

  it('says which file and line has a syntax error', async () => {
    const folder = await folderWith({ 'main.mts': 'export const a: = 1;' });
    await import(pathToFileURL(join(folder, 'main.mts')).href).then(
      () => equal('it was imported', ''),
      (error: unknown) => {
        match(String(error), /^SyntaxError: .*main\.mts:1:17: [^\n]+$/);
      },
    );
  });

  it('is asked for once, however often', () => {
    equal(registerTypeScript(), registerTypeScript());
  });
});

describe('the hooks', () => {
  const fail = (code: string, url?: string) => (): never => {
    throw Object.assign(new Error('not found'), { code, url });
  };
  const parentURL = pathToFileURL(join(import.meta.dirname, '../fixtures/register/cjs/main.ts')).href;

  it('find a TypeScript file only where the JavaScript file is not', () => {
    const found = { url: 'file:///found.js' };
    equal(
      resolve('./thing.cjs', { parentURL }, () => found),
      found,
    );
    match(resolve('./thing.cjs', { parentURL }, fail('ERR_MODULE_NOT_FOUND')).url, /cjs\/thing\.cts$/);
    match(resolve('./thing.cjs', { parentURL }, fail('MODULE_NOT_FOUND')).url, /cjs\/thing\.cts$/);
    const url = new URL('dependency.cjs', parentURL).href;
    match(
      resolve('#dependency', { parentURL }, fail('ERR_MODULE_NOT_FOUND', url)).url,
      /cjs\/dependency\.cts$/,
    );
  });

  it('pass on every other failure', () => {
    throws(() => resolve('./thing.cjs', { parentURL }, fail('ERR_OTHER')), { code: 'ERR_OTHER' });
    throws(() => resolve('./none.js', { parentURL }, fail('ERR_MODULE_NOT_FOUND')), /not found/);
    throws(() => resolve('./thing.json', { parentURL }, fail('ERR_MODULE_NOT_FOUND')), /not found/);
    throws(() => resolve('package', { parentURL }, fail('ERR_MODULE_NOT_FOUND')), /not found/);
    throws(
      () => resolve('./a.js', { parentURL: 'data:text/javascript,' }, fail('ERR_MODULE_NOT_FOUND')),
      /not found/,
    );
  });

  it("find the compiler's helpers, which the app does not have", () => {
    const { url, format } = resolve(
      '@oxc-project/runtime/helpers/decorate',
      {},
      fail('ERR_MODULE_NOT_FOUND'),
    );
    match(url, /runtime\/src\/helpers\/decorate\.js$/);
    equal(format, 'commonjs');
  });

  it('load TypeScript, and leave all else to Node', () => {
    const given = { format: 'module', source: 'given' };
    const other = () => given;
    equal(load('node:fs', {}, other), given);
    equal(load('file:///a/b.js', {}, other), given);
    equal(load('file:///a/b.d.ts', {}, other), given);
    equal(load('file:///a/node_modules/b/c.ts', {}, other), given);
    const { format, source } = load(new URL('thing.cts', parentURL).href, {}, other);
    equal(format, 'module');
    match(String(source), /export \{ Thing \}/);
  });
});

describe('compiling TypeScript', () => {
  it('defines class fields as the nearest tsconfig.json says, else as ES2022 does', async () => {
    const text = 'export class A { field?: number; other = 1; }';
    const folder = await folderWith({
      'old/tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }',
      'bad/tsconfig.json': '{ "extends": "./gone.json" }',
    });
    match(compileTypeScript(join(folder, 'old/a.mts'), text).code, /this\.other = 1/);
    match(compileTypeScript(join(folder, 'bad/a.mts'), text).code, /\tfield;/);
    match(compileTypeScript(join(folder, 'a.mts'), text).code, /\tfield;/);
  });

  it('takes a file of a CommonJS package for what it is written as', () => {
    const format = (text: string): string => compileTypeScript('/nowhere/a.cts', text).format;
    equal(format(`import a from 'a'; console.log(a);`), 'module');
    equal(format(`import 'a';`), 'module');
    equal(format(`export const a = 1;`), 'module');
    equal(format(`import type { A } from 'a'; module.exports = 1 as A;`), 'commonjs');
    equal(format(`import a = require('a'); export = a;`), 'commonjs');
    equal(format(`exports.a = 1;`), 'commonjs');
  });

  it('makes the names of CommonJS only where they are used and not made by the author', () => {
    const code = (text: string): string =>
      compileTypeScript('/nowhere/a.cts', text).code.split('\n')[0] ?? '';
    match(code(`export const a = __dirname;`), /const __dirname = import\.meta\.dirname;$/);
    match(code(`export const a = require('b');`), /const require = /);
    match(code(`const require = (a: string) => a; export const b = require('b');`), /^const require = \(a\)/);
  });

  it('says which names compiled CommonJS exports', () => {
    const code = `exports.a = 1; module.exports.b = 2; exports['c'] = 3; d.e = 4; module.exports = { f, g: 1, [h]: 2, ...i };
      f(); exports.default = 5; exports.__esModule = true; a.b.c = 1; j = 2;`;
    deepEqual(commonJsNames(code), ['a', 'b', 'f', 'g']);
    deepEqual(commonJsNames('module.exports = f;'), []);
  });
});
