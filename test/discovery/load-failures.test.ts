import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { failureOf, folderWith, loadAll, loadFailure, plugin, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

describe('a plugin that can not be loaded', () => {
  it('says where the syntax is wrong', async () => {
    const {
      code,
      message,
      plugin: name,
      phase,
    } = await loadFailure({
      'index.ts': `import './part.js';\nexport {};`,
      'part.ts': `export const a = 1;\nconst b = ;\n`,
    });
    deepEqual([code, name, phase], ['SYNTAX_ERROR', 'sample', 'load']);
    match(message, /^sample\/part\.ts:2:11: /);
  });

  it('says that await at the top of a module belongs into onStart', async () => {
    const error = await loadFailure({ 'index.ts': plugin(`export const data = await Promise.resolve(1);`) });
    equal(error.code, 'TOP_LEVEL_AWAIT');
    match(error.message, /^sample\/index\.ts:2:21 /);
    match(error.fix, /async onStart\(\)/);
  });

  it('says which import has no file', async () => {
    const error = await loadFailure({
      'index.ts': plugin(`\nimport { a } from './prat.js'; console.log(a);`),
    });
    equal(error.code, 'MISSING_FILE');
    match(error.message, /^sample\/index\.ts:3:1 imports '\.\/prat\.js'/);
  });

  it('proposes the file that was meant', async () => {
    const error = await loadFailure({
      'index.ts': plugin(`import { a } from './prat.js'; console.log(a);`),
      'part.ts': 'export const a = 1;',
    });
    equal(error.fix, "Did you mean './part.js'?");
  });

  it('says which package is not installed, and how to install it', async () => {
    const imported = await loadFailure({
      'index.ts': plugin(`import x from '@acme/nothing/sub'; console.log(x);`),
    });
    deepEqual([imported.code, imported.fix], ['MISSING_PACKAGE', 'npm i @acme/nothing']);
    match(imported.message, /^sample\/index\.ts:2:1 imports '@acme\/nothing\/sub'/);
    const required = await loadFailure({ 'index.cjs': `const x = require('nothing');` });
    match(required.message, /^sample\/index\.cjs:1:19 imports 'nothing'/);
  });

  it("says so of a subpath import that the plugin's package.json does not have", async () => {
    const error = await loadFailure({
      'package.json': '{ "imports": {} }',
      'index.ts': plugin(`import x from '#nothing'; console.log(x);`),
    });
    equal(error.code, 'MISSING_FILE');
  });

  it("says that another plugin's file is to be moved into its contract", async () => {
    const folder = await folderWith({
      'one/index.ts': plugin(`import { Store } from '../two/store.js'; console.log(Store);`),
      'two/index.ts': plugin(),
      'two/store.ts': 'export class Store {}',
    });
    const error = await failureOf(loadAll(folder));
    equal(error.code, 'FOREIGN_IMPORT');
    match(error.message, /^one\/index\.ts:2:1 imports .*two.store\.ts/);
    match(error.fix, /two\/contract\.ts .*token<T>/);
  });

  it('says how a single file is made a part of another', async () => {
    const folder = await folderWith({
      'one.ts': plugin(`import { a } from './two.js'; console.log(a);`),
      'two.ts': 'export const a = 1;',
    });
    match((await failureOf(loadAll(folder))).fix, /start its name with "_"/);
  });

  it('says so when the import is lazy', async () => {
    const folder = await folderWith({
      'one/index.ts': plugin(`export const lazy = (name: string) => import(name); export const literal = 1;`),
      'two.ts': plugin(),
    });
    const [one] = await loadAll(folder);
    const lazy = one?.exports.lazy as (name: string) => Promise<unknown>;
    equal((await failureOf(lazy('../two.js'))).code, 'FOREIGN_IMPORT');
  });

  it("takes types from another plugin's files: they are gone at run time", async () => {
    const folder = await folderWith({
      'one/index.ts': plugin(
        `import type { Store } from '../two/store.js'; export const seen: Store = { size: 1 };`,
      ),
      'two/index.ts': plugin(),
      'two/store.ts': 'export interface Store { size: number }',
    });
    const [one] = await loadAll(folder);
    deepEqual(one?.exports.seen, { size: 1 });
  });

  it("shows the author's line of what a module throws, and keeps it as the cause", async () => {
    const error = await loadFailure({
      'index.ts': plugin(`import './part.js';`),
      'part.ts': `interface Gone {\n  a: 1;\n}\n\nthrow new TypeError('no config');\n`,
    });
    equal(error.code, 'EVALUATION_FAILED');
    match(error.message, /^sample\/part\.ts:5:7 threw while it was loaded: no config/);
    ok(error.cause instanceof TypeError);
    match(String(error.cause.stack), /sample\/part\.ts:5:7/);
  });

  it('takes anything thrown', async () => {
    const error = await loadFailure({ 'index.ts': plugin(`throw null;`) });
    match(error.message, /^sample\/index\.ts threw while it was loaded: null/);
  });

  it('names LazyServiceIdentifier where files that import each other use a class before it exists', async () => {
    const error = await loadFailure({
      'index.ts': plugin(`export * from './a.js';`),
      'a.ts': `import { inject } from 'inversify'; import { B } from './b.js';
        export class A { constructor(@inject(B) readonly b: B) {} }`,
      'b.ts': `import { inject } from 'inversify'; import { A } from './a.js';
        export class B { constructor(@inject(A) readonly a: A) {} }`,
    });
    equal(error.code, 'CIRCULAR_IMPORT');
    match(error.fix, /LazyServiceIdentifier\(\(\) => A\)/);
  });

  it('says which package failed, and keeps its error as the cause', async () => {
    const error = await loadFailure({
      'index.ts': plugin(`import 'failing';`),
      'node_modules/failing/package.json': '{ "name": "failing" }',
      'node_modules/failing/index.js': `throw new RangeError('no port');`,
    });
    equal(error.code, 'IMPORT_FAILED');
    match(error.message, /^sample\/index\.ts:2:1 imports 'failing', which failed: no port/);
    ok(error.cause instanceof RangeError);
  });

  it("says where a contract's syntax is wrong", async () => {
    const error = await loadFailure({
      'index.ts': plugin(`import { Store } from './contract.js'; console.log(Store);`),
      'package.json': '{ "type": "module" }',
      'contract.ts': 'export class Store {\n  read(: void;\n}\n',
    });
    equal(error.code, 'IMPORT_FAILED');
    match(
      error.message,
      /^sample\/index\.ts:2:1 imports '\.\/contract\.js', which failed: .*contract\.ts:2:8: /,
    );
  });

  it('reports any other fault of the bundler with its reason', async () => {
    const error = await loadFailure({
      'index.ts': plugin(`import data from './data.json'; console.log(data);`),
      'data.json': '{ nope',
    });
    ok(['SYNTAX_ERROR', 'BUNDLE_FAILED'].includes(error.code), error.code);
    match(error.message, /sample\/data\.json/);
  });
});
