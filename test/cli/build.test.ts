import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderWith, removeFolders } from '../host/hosting.ts';
import { endAll, main, plugboard, run, start, type Running } from './command.ts';
import { greeter, shop } from './plugins.ts';
import { readOnly } from './read-only.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** As it is installed, in an app that has all packages but the compiler. Gives the command line's file. */
async function installWithoutCompiler(folder: string): Promise<string> {
  const packages = join(folder, 'node_modules');
  const own = join(packages, 'plugboard');
  await mkdir(own, { recursive: true });
  await cp(join(root, 'dist'), join(own, 'dist'), { recursive: true });
  await cp(join(root, 'package.json'), join(own, 'package.json'));
  const names = await readdir(join(root, 'node_modules'));
  const others = names.filter((name) => !['plugboard', 'rolldown', '@rolldown', '.bin'].includes(name));
  await Promise.all(
    others.map(async (name) => symlink(join(root, 'node_modules', name), join(packages, name))),
  );
  return join(own, 'dist/cli/main.js');
}

/** Every file of an app that is not of a package, with when it was written. */
async function stamps(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const own = entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes('node_modules'));
  const found = await Promise.all(own.map(async (path) => `${path} ${(await stat(path)).mtimeMs}`));
  return found.sort();
}

async function answer(server: Running, path: string): Promise<unknown> {
  const [, port = ''] = await server.seen(/http:\/\/localhost:(\d+)\//);
  return (await fetch(`http://localhost:${port}${path}`)).json();
}

async function end(server: Running): Promise<string> {
  server.process.kill('SIGTERM');
  const { code, out, err } = await server.outcome;
  equal(code, 0, err);
  return out + err;
}

describe('plugboard build', () => {
  afterEach(async () => {
    await endAll();
    await removeFolders();
  });

  it('makes a start without a compiler, wherever the app is put', async () => {
    const origin = await folderWith(shop);
    const built = await plugboard(origin, ['build']);
    equal(built.code, 0, built.err);
    match(built.out, /prices +│ \d+\.\d KB/);
    match(built.out, /\.plugboard: 2 plugins and 3 shared modules in \d+ ms\./);
    for (const name of await readdir(join(origin, '.plugboard'), { recursive: true })) {
      if (!/\.(cjs|js|json|map)$/.test(name)) continue;
      const text = await readFile(join(origin, '.plugboard', name), 'utf8');
      ok(!text.includes(origin), `${name} is of this machine`);
    }

    const deployed = await folderWith({});
    await cp(origin, deployed, { recursive: true });
    const installed = await installWithoutCompiler(deployed);
    const before = await stamps(deployed);
    const server = run(deployed, [installed, 'start']);
    deepEqual(await answer(server, '/shop/price/tea'), { price: 3.12, currency: 'EUR' });
    deepEqual(await answer(server, '/shop/where'), { here: 'imported late', file: 'beside the plugin' });
    await answer(server, '/shop/fail');
    const said = await end(server);
    ok(!said.includes('bundled anew'), said);
    match(said, /plugins\/shop\.ts:21/);
    deepEqual(await stamps(deployed), before);
  });

  it('makes a start on a read-only disk', async function () {
    const folder = await folderWith(shop);
    equal((await plugboard(folder, ['build'])).code, 0);
    const installed = await installWithoutCompiler(folder);
    const prefix = readOnly(folder);
    if (!prefix) {
      process.stdout.write('      (skipped: unshare may not mount a folder read-only here)\n');
      this.skip();
    }
    const server = start(folder, [...prefix, process.execPath, installed, 'start']);
    deepEqual(await answer(server, '/shop/price/tea'), { price: 3.12, currency: 'EUR' });
    ok(!(await end(server)).includes('bundled anew'));

    const built = await start(folder, [...prefix, process.execPath, main, 'build']).outcome;
    equal(built.code, 1);
    match(built.err, /The build can't be written to .+: EROFS.+\nFix: /);
  });

  it('is what list, routes and graph read where nothing can be compiled; check says what it lacks', async () => {
    const folder = await folderWith(shop);
    equal((await plugboard(folder, ['build'])).code, 0);
    const installed = await installWithoutCompiler(folder);
    for (const command of ['list', 'routes', 'graph']) {
      const { code, out, err } = await run(folder, [installed, command]).outcome;
      equal(code, 0, err);
      match(out, /shop/);
      equal(err, '');
    }
    const { code, out, err } = await run(folder, [installed, 'check', '--json']).outcome;
    equal(code, 1);
    match(err, /"rolldown", which compiles it, is not installed\.\nFix: [^\n]+\n$/);
    equal((JSON.parse(out) as { readonly error: { readonly code: string } }).error.code, 'COMPILER_MISSING');
  });

  it('is not used for a plugin that has changed since, which says so', async () => {
    const folder = await folderWith({
      'plugins/greeter.ts': greeter,
      'package.json': '{ "type": "module" }',
    });
    equal((await plugboard(folder, ['build'])).code, 0);
    await writeFile(join(folder, 'plugins/greeter.ts'), greeter.replace(`'hello'`, `'good day'`));
    const server = run(folder, [main, 'start']);
    equal(await answer(server, '/greet'), 'good day');
    match(
      await end(server),
      /! greeter: It was bundled anew, since what was built ahead does not fit: plugins\/greeter\.ts has changed since\. Run plugboard build\./,
    );

    const compilerless = await installWithoutCompiler(folder);
    const { code, err } = await run(folder, [compilerless, 'start']).outcome;
    equal(code, 1);
    match(
      err,
      /COMPILER_MISSING: .+"rolldown".+plugins\/greeter\.ts has changed since\.\n {2}Fix: Run npx plugboard build/,
    );
  });

  it('is not used with another version of Plugboard, nor where --no-build says so', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    equal((await plugboard(folder, ['build'])).code, 0);
    const manifest = join(folder, '.plugboard/plugboard-build.json');
    await writeFile(
      manifest,
      (await readFile(manifest, 'utf8')).replace(/"plugboard": ".+"/, '"plugboard": "0.0.1"'),
    );
    const other = run(folder, [main, 'start']);
    equal(await answer(other, '/greet'), 'hello');
    match(await end(other), /it was made by Plugboard 0\.0\.1, and this is \d/);

    const without = run(folder, [main, 'start', '--no-build']);
    equal(await answer(without, '/greet'), 'hello');
    ok(!(await end(without)).includes('bundled anew'));
  });

  it('writes nothing where a plugin can not be bundled, and ends with 1', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    equal((await plugboard(folder, ['build'])).code, 0);
    await writeFile(join(folder, 'plugins/wrong.ts'), 'export class {');
    const before = await stamps(join(folder, '.plugboard'));
    const { code, out, err } = await plugboard(folder, ['build']);
    equal(code, 1);
    match(out, /wrong +│ SYNTAX_ERROR/);
    match(err, /✗ wrong \(load, SYNTAX_ERROR\)\n[^]+Fix: [^]+Nothing was written\./);
    deepEqual(await stamps(join(folder, '.plugboard')), before);

    const json = await plugboard(folder, ['build', '--json']);
    equal(json.code, 1);
    const { isWritten, plugins } = JSON.parse(json.out) as {
      readonly isWritten: boolean;
      readonly plugins: readonly { readonly label: string; readonly error?: { readonly code: string } }[];
    };
    equal(isWritten, false);
    deepEqual(
      plugins.map(({ label, error }) => `${label} ${error?.code}`),
      ['greeter undefined', 'wrong SYNTAX_ERROR'],
    );
  });

  it('replaces what it has made before, and nothing else', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter, 'mine/letter.txt': 'dear' });
    for (let round = 1; round <= 2; round += 1) equal((await plugboard(folder, ['build'])).code, 0);
    const { code, err } = await plugboard(folder, ['build', '--out', 'mine']);
    equal(code, 2);
    match(err, /mine has files in it that are not of a build.+\nFix: /);
    deepEqual(await readdir(join(folder, 'mine')), ['letter.txt']);
  });
});
