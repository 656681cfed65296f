import { deepEqual, equal, match } from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, linkPackages, plugboard, run, tool } from './command.ts';

/** What the author would run: nothing of it is to complain. */
async function checks(folder: string): Promise<void> {
  for (const [name, command] of Object.entries({
    test: [tool('mocha/bin/mocha.js')],
    types: [tool('typescript/bin/tsc')],
    lint: [tool('oxlint/bin/oxlint'), '--deny-warnings'],
  })) {
    const { code, out, err } = await run(folder, command).outcome;
    equal(code, 0, `${name}:\n${out}${err}`);
    if (name === 'test') match(out, /[1-9] passing/);
  }
}

describe('plugboard new', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await folderWith({});
  });
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('makes an app, and in it a plugin; the tests, types and lint of both pass', async () => {
    const { code, out } = await plugboard(folder, [
      'new',
      'app',
      'shop',
      '--plugboard',
      'file:../plugboard.tgz',
    ]);
    equal(code, 0);
    match(out, /Made:\n {2}shop\/package\.json\n/);
    match(out, /Next:\n {2}cd shop\n {2}npm install\n {2}npm run dev\n/);
    const app = join(folder, 'shop');
    const { dependencies } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    equal(dependencies['plugboard'], 'file:../plugboard.tgz');
    await linkPackages(app);

    const plugin = await plugboard(app, ['new', 'plugin', 'price-list', '--json']);
    equal(plugin.code, 0);
    deepEqual(JSON.parse(plugin.out), {
      folder: join(app, 'plugins/price-list'),
      files: ['index.ts', 'price-list.test.ts', 'README.md'],
      next: ['npx plugboard dev', 'curl http://localhost:3000/price-list/ada'],
    });
    await checks(app);
    const routes = JSON.parse((await plugboard(app, ['routes', '--json'])).out) as readonly {
      readonly path: string;
    }[];
    deepEqual(
      routes.map(({ path }) => path),
      ['/hello', '/hello/:name', '/price-list', '/price-list/:name'],
    );
  });

  it('makes a plugin that is a package of its own, where there is no app', async () => {
    equal((await plugboard(folder, ['new', 'plugin', 'greeter'])).code, 0);
    const plugin = join(folder, 'greeter');
    await linkPackages(plugin);
    await checks(plugin);
    const { name, version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { readonly name: string; readonly version: string };
    const { dependencies } = JSON.parse(await readFile(join(plugin, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    equal(dependencies[name], `^${version}`);
    match((await plugboard(plugin, ['list', '.'])).out, /greeter +│ 0\.1\.0 +│ ready/);
  });

  it('makes a plugin in the app, from a folder of the app, too', async () => {
    equal((await plugboard(folder, ['new', 'app', 'shop'])).code, 0);
    const { code, out } = await plugboard(join(folder, 'shop/plugins'), [
      'new',
      'plugin',
      'basket',
      '--json',
    ]);
    equal(code, 0);
    deepEqual((JSON.parse(out) as { readonly folder: string }).folder, join(folder, 'shop/plugins/basket'));
  });

  it('says what to install where there have been no plugins so far', async () => {
    const app = await folderWith({ 'package.json': '{ "name": "express-app" }' });
    const { code, out } = await plugboard(app, [
      'new',
      'plugin',
      'greeter',
      '--plugboard',
      'file:../plugboard.tgz',
    ]);
    equal(code, 0);
    match(out, /Next:\n {2}npm install .*express@.* \.\.\/plugboard\.tgz .*routing-controllers@/);
    match(out, /npm install --save-dev .*mocha@.*supertest@.*\n {2}npx mocha --node-option/);
    await linkPackages(app);
    const { code: tested, out: test } = await run(app, [
      tool('mocha/bin/mocha.js'),
      '--node-option',
      'import=plugboard/register',
      'plugins/**/*.test.ts',
    ]).outcome;
    equal(tested, 0, test);
  });

  it('says which names there can be, and ends with 2', async () => {
    const { code, err } = await plugboard(folder, ['new', 'plugin', 'My_Plugin']);
    equal(code, 2);
    match(err, /"My_Plugin" can't be .+\nFix: .+plugboard new plugin my-plugin\./);
    deepEqual(await readdir(folder), []);
  });

  it('leaves alone what is there, and ends with 2', async () => {
    const app = await folderWith({ 'package.json': '{}', 'plugins/mine/index.ts': 'mine' });
    const { code, err } = await plugboard(app, ['new', 'plugin', 'mine']);
    equal(code, 2);
    match(err, /There is something in .+mine already\.\nFix: /);
    equal(await readFile(join(app, 'plugins/mine/index.ts'), 'utf8'), 'mine');
  });

  it('says what can be made, and ends with 2', async () => {
    const { code, err } = await plugboard(folder, ['new', 'plugn', 'x']);
    equal(code, 2);
    match(err, /unknown command 'plugn'\n\(Did you mean plugin\?\)/);
  });
});
