import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findSources } from '#lib/discovery/find-sources.js';
import type { BrokenSource, Source } from '#lib/discovery/source.js';
import { pluginRoot } from '#lib/discovery/source.js';
import { folderWith, removeFolders } from './temporary-folder.ts';

afterEach(removeFolders);

const none = 'export {};';

async function findIn(files: Readonly<Record<string, string>>, plugins = ['.']): Promise<string[]> {
  const cwd = await folderWith(files);
  return (await findSources(plugins, { cwd })).map((source) => describeSource(source, cwd));
}

function describeSource(source: Source, cwd: string): string {
  if (source.kind === 'broken') return `${source.label}: ${source.error.code}`;
  if (source.kind === 'class') return `${source.label}: class`;
  return `${source.label}: ${source.kind} ${relative(cwd, source.entry).replaceAll('\\', '/')}`;
}

async function brokenIn(files: Readonly<Record<string, string>>, plugin: string): Promise<BrokenSource> {
  const [source] = await findSources([plugin], { cwd: await folderWith(files) });
  ok(source?.kind === 'broken');
  return source;
}

describe('finding plugins', () => {
  it('takes each folder and each single file of a folder of plugins, sorted by name', async () => {
    deepEqual(
      await findIn({ 'b/index.ts': none, 'c.mjs': none, 'a/index.js': none, 'd.cjs': none, 'e.mts': none }),
      ['a: folder a/index.js', 'b: folder b/index.ts', 'c: file c.mjs', 'd: file d.cjs', 'e: file e.mts'],
    );
  });

  it('leaves out hidden and private names, dependencies, tests, declarations, contracts and other files', async () => {
    const ignored = [
      '.git/index.js',
      '_draft/index.ts',
      '_part.ts',
      'node_modules/x/index.js',
      'a.test.ts',
      'a.spec.js',
    ];
    const others = ['a.d.ts', 'a.d.mts', 'contract.ts', 'contracts.js', 'README.md', 'data.json'];
    const files = Object.fromEntries([...ignored, ...others, 'kept.ts'].map((name) => [name, none]));
    deepEqual(await findIn(files), ['kept: file kept.ts']);
  });

  it('starts a folder with what its package.json names where that exists', async () => {
    deepEqual(
      await findIn({
        'a/package.json': '{ "main": "src/main.js" }',
        'a/src/main.js': none,
        'a/index.js': none,
        'b/package.json': '{ "exports": { ".": { "types": "./x.d.ts", "import": "./b.mjs" } } }',
        'b/b.mjs': none,
        'c/package.json': '{ "main": "dist/not-built.js" }',
        'c/index.ts': none,
        'd/package.json': 'not json',
        'd/index.ts': none,
      }),
      ['a: folder a/src/main.js', 'b: folder b/b.mjs', 'c: folder c/index.ts', 'd: folder d/index.ts'],
    );
  });

  it('else with index, the name of the folder, plugin, or the only file', async () => {
    deepEqual(
      await findIn({
        'a/index.ts': none,
        'a/a.ts': none,
        'b/b.ts': none,
        'b/plugin.ts': none,
        'c/plugin.js': none,
        'c/x.js': none,
        'd/only.ts': none,
        'd/contract.ts': none,
        'd/only.test.ts': none,
      }),
      ['a: folder a/index.ts', 'b: folder b/b.ts', 'c: folder c/plugin.js', 'd: folder d/only.ts'],
    );
  });

  it('reports a folder in which nothing is the plugin, on that folder alone', async () => {
    deepEqual(await findIn({ 'a/one.ts': none, 'a/two.ts': none, 'b/index.ts': none, 'c/README.md': '' }), [
      'a: NO_ENTRY',
      'b: folder b/index.ts',
      'c: NO_ENTRY',
    ]);
  });

  it('takes a path to one plugin: a folder, a file, a file URL', async () => {
    const cwd = await folderWith({ 'one/index.ts': none, 'two.ts': none });
    const plugins = ['./one', join(cwd, 'two.ts'), pathToFileURL(join(cwd, 'one')).href];
    const sources = await findSources(plugins, { cwd });
    deepEqual(
      sources.map((source) => describeSource(source, cwd)),
      ['one: folder one/index.ts', 'two: file two.ts'],
    );
    deepEqual(sources.map(pluginRoot), [join(cwd, 'one'), join(cwd, 'two.ts')]);
  });

  it('takes classes as they are, each once', async () => {
    class Greeter {}
    const sources = await findSources([Greeter, Greeter], { cwd: '.' });
    deepEqual(sources, [{ kind: 'class', label: 'Greeter', pluginClass: Greeter }]);
    equal(pluginRoot(sources[0] as Source), undefined);
  });

  it('follows links by their real path, and counts one plugin once', async () => {
    const cwd = await folderWith({ 'real/index.ts': none, 'plugins/other.ts': none });
    await symlink(join(cwd, 'real'), join(cwd, 'plugins/linked'));
    const sources = await findSources(['./plugins', './real'], { cwd });
    deepEqual(
      sources.map((source) => describeSource(source, cwd)),
      ['linked: folder real/index.ts', 'other: file plugins/other.ts'],
    );
  });

  it('reports a link that leads nowhere and a folder that may not be read, on that plugin alone', async () => {
    const cwd = await folderWith({ 'plugins/fine.ts': none });
    await symlink(join(cwd, 'gone'), join(cwd, 'plugins/dangling'));
    await mkdir(join(cwd, 'plugins/loop'));
    await symlink(join(cwd, 'plugins/loop/self.ts'), join(cwd, 'plugins/loop/self.ts'));
    await symlink(join(cwd, 'plugins/round'), join(cwd, 'plugins/round'));
    const codes = (await findSources(['./plugins'], { cwd })).map((source) => describeSource(source, cwd));
    deepEqual(codes.slice(0, 2), ['dangling: SOURCE_UNREADABLE', 'fine: file plugins/fine.ts']);
    equal(codes.at(-1), 'round: SOURCE_UNREADABLE');
  });

  it('reports an entry that is neither a string nor a class, and a URL of no file', async () => {
    const wrong = [Promise.resolve(), null, {}, 'file://elsewhere/x', ''] as unknown as string[];
    const sources = await findSources(wrong, { cwd: await folderWith({}) });
    deepEqual(
      sources.map((source) => source.kind === 'broken' && source.error.code),
      ['INVALID_SOURCE', 'INVALID_SOURCE', 'INVALID_SOURCE', 'INVALID_SOURCE', 'PACKAGE_NOT_FOUND'],
    );
  });

  it('proposes the path that was meant', async () => {
    const { label, error } = await brokenIn({ 'plugins/a.ts': none }, './plugin');
    deepEqual([label, error.code, error.phase], ['plugin', 'SOURCE_NOT_FOUND', 'discover']);
    match(error.fix, /Did you mean "\.\/plugins"\?/);
    const { error: far } = await brokenIn({}, './nowhere/at/all');
    match(far.fix, /^A relative path starts/);
  });

  it('says that a file which is no code can not be a plugin', async () => {
    equal((await brokenIn({ 'a.txt': '' }, './a.txt')).error.code, 'NOT_A_PLUGIN_FILE');
  });
});

describe('finding a plugin among packages', () => {
  const installed = {
    'node_modules/@acme/esm/package.json':
      '{ "exports": { ".": { "require": "./no.cjs", "import": "./main.js" } } }',
    'node_modules/@acme/esm/main.js': none,
    'node_modules/main/package.json': '{ "main": "lib/main" }',
    'node_modules/main/lib/main.js': none,
    'node_modules/main/lib/other.js': none,
    'node_modules/plain/index.js': none,
    'node_modules/many/package.json':
      '{ "exports": { "./*": ["./src/*.js"], "./x/*": "./x/*.js", ".": "./index.js" } }',
    'node_modules/many/src/one.js': none,
    'node_modules/sugar/package.json': '{ "exports": "./main.js" }',
    'node_modules/sugar/main.js': none,
  };

  it('resolves as import does', async () => {
    deepEqual(
      await findIn(installed, ['@acme/esm', 'main', 'plain', 'many/one', 'sugar', 'main/lib/other.js']),
      [
        '@acme/esm: package node_modules/@acme/esm/main.js',
        'main: package node_modules/main/lib/main.js',
        'plain: package node_modules/plain/index.js',
        'many/one: package node_modules/many/src/one.js',
        'sugar: package node_modules/sugar/main.js',
        'main/lib/other.js: package node_modules/main/lib/other.js',
      ],
    );
  });

  it('looks in the folders above the app, and follows the links of a workspace', async () => {
    const root = await folderWith({
      'packages/shop/index.js': none,
      'app/x.js': none,
      'node_modules/.keep': '',
    });
    await symlink(join(root, 'packages/shop'), join(root, 'node_modules/shop'));
    const [source] = await findSources(['shop'], { cwd: join(root, 'app') });
    ok(source?.kind === 'package');
    equal(source.entry, join(root, 'packages/shop/index.js'));
    equal(basename(source.root), 'shop');
  });

  it('gives each of several plugins of a package the folder that its file is in', async () => {
    const cwd = await folderWith({
      'node_modules/many/package.json': '{ "exports": { "./*": "./dist/*/index.js" } }',
      'node_modules/many/dist/shop/index.js': none,
    });
    const [source] = await findSources(['many/shop'], { cwd });
    ok(source?.kind === 'package');
    equal(source.root, join(cwd, 'node_modules/many/dist/shop'));
  });

  it('says how to install what is not there, and that a folder is written with a dot', async () => {
    const { error } = await brokenIn({}, '@acme/none');
    deepEqual([error.code, error.plugin], ['PACKAGE_NOT_FOUND', '@acme/none']);
    match(error.fix, /npm i @acme\/none/);
    match((await brokenIn({ 'plugins/a.ts': none }, 'plugins')).error.fix, /write '\.\/plugins'/);
  });

  it('says that a package has nothing to import', async () => {
    const files = {
      'node_modules/unbuilt/package.json': '{ "main": "dist/main.js" }',
      'node_modules/closed/package.json': '{ "exports": { "./sub": null } }',
    };
    const { error } = await brokenIn(files, 'unbuilt');
    equal(error.code, 'PACKAGE_WITHOUT_ENTRY');
    match(error.message, /dist\/main\.js does not exist/);
    match((await brokenIn(files, 'closed')).error.fix, /"exports"/);
    match((await brokenIn(files, 'closed/sub')).error.fix, /"exports"/);
  });
});
