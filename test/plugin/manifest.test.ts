import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { readManifest, type Manifest } from '#lib/plugin/manifest.js';
import { checkRequirements } from '#lib/plugin/requirements.js';
import { extensionPoint, type PluginError } from 'plugboard';
import { failureOf, folderWith, removeFolders } from '../discovery/temporary-folder.ts';

afterEach(removeFolders);

/** As an author of JavaScript may write it: nothing holds these options to their types. */
async function manifestOf(options: object, files: Readonly<Record<string, string>> = {}): Promise<Manifest> {
  const root = await folderWith({ ...files, 'sample/.keep': '' });
  const record = { options: options as { name: string }, calledAt: undefined };
  return readManifest(record, { root: join(root, 'sample') });
}

const menu = extensionPoint('menu');

const fault = (options: object): Promise<PluginError> => failureOf(manifestOf(options));

describe('reading a manifest', () => {
  const fields = {
    name: '@acme/from-package',
    version: '2.3.4',
    description: 'From the package',
    author: { name: 'Ada', email: 'ada@example.org' },
    license: 'MIT',
  };

  it('puts what @Plugin says over the nearest package.json', async () => {
    const files = { 'sample/package.json': JSON.stringify(fields), 'package.json': '{ "version": "9.9.9" }' };
    const { name, version, description, author, license } = await manifestOf(
      { name: 'mine', version: '1.0.0' },
      files,
    );
    deepEqual(
      { name, version, description, author, license },
      {
        name: 'mine',
        version: '1.0.0',
        description: 'From the package',
        author: 'Ada <ada@example.org>',
        license: 'MIT',
      },
    );
  });

  it('takes the name of the package where @Plugin gives none, and looks no further than the first package.json', async () => {
    const files = {
      'sample/package.json': '{ "name": "@acme/inner" }',
      'package.json': '{ "version": "9.9.9" }',
    };
    const { name, version } = await manifestOf({}, files);
    deepEqual({ name, version }, { name: 'inner', version: '0.0.0' });
  });

  it('takes the package.json of the app for a plugin without its own', async () => {
    equal(
      (await manifestOf({ name: 'a' }, { 'package.json': '{ "version": "3.0.0", "author": "Bo" }' })).version,
      '3.0.0',
    );
  });

  it('finds the README beside the plugin, and reads it when asked', async () => {
    const { documentation } = await manifestOf({ name: 'a' }, { 'sample/readme.md': '# Hello' });
    equal(await documentation?.read(), '# Hello');
    equal((await manifestOf({ name: 'a' })).documentation, undefined);
  });

  it('knows the README by its name, whatever its case, and takes nothing else for it', async () => {
    const readme = async (file: string): Promise<string | undefined> =>
      (await manifestOf({ name: 'a' }, { [`sample/${file}`]: '# Hello' })).documentation?.path;
    match((await readme('ReadMe.markdown')) ?? '', /ReadMe\.markdown$/);
    equal(await readme('old-readme.md'), undefined);
    equal(await readme('readme.md.bak'), undefined);
  });

  it('takes an author for what the package.json says of one: a name, an address, or nothing', async () => {
    const author = async (value: unknown): Promise<string | undefined> =>
      (await manifestOf({ name: 'a' }, { 'sample/package.json': JSON.stringify({ author: value }) })).author;
    equal(await author({ name: 'Ada' }), 'Ada');
    equal(await author({ email: 'ada@example.org' }), '<ada@example.org>');
    equal(await author({}), undefined);
    equal(await author(null), undefined);
    equal(await author(''), undefined);
    equal(await author(7), undefined);
  });

  it('does without a folder', async () => {
    const manifest = await readManifest({ options: { name: 'a' }, calledAt: undefined }, { root: undefined });
    deepEqual([manifest.version, manifest.root, manifest.documentation], ['0.0.0', undefined, undefined]);
  });

  it('says which package.json is not JSON', async () => {
    const error = await failureOf(manifestOf({ name: 'a' }, { 'sample/package.json': '{' }));
    deepEqual([error.code, error.phase, error.plugin], ['INVALID_PACKAGE_JSON', 'manifest', 'sample']);
  });

  it('shows the kebab-case name to write', async () => {
    const proposed = async (name: unknown): Promise<string> => (await fault({ name })).fix;
    equal(await proposed('MyHTTPPlugin'), "Write @Plugin({ name: 'my-http-plugin' }).");
    equal(await proposed('my_plugin!'), "Write @Plugin({ name: 'my-plugin' }).");
    equal(await proposed('42'), "Write @Plugin({ name: 'my-plugin' }).");
    equal(await proposed(undefined), "Write @Plugin({ name: 'sample' }).");
    match((await fault({ name: 7 })).message, /of type number/);
  });

  it('takes a semver version only', async () => {
    const { code, fix } = await fault({ name: 'a', version: 'v1.2' });
    deepEqual([code, fix], ['INVALID_VERSION', "Write version: '1.2.0', in @Plugin or in the package.json."]);
    match((await fault({ name: 'a', version: 'latest' })).fix, /'1\.0\.0'/);
  });

  it('names the nearest option for one that does not exist', async () => {
    const { code, fix } = await fault({ name: 'a', controler: [] });
    deepEqual([code, fix], ['UNKNOWN_OPTION', 'Did you mean "controllers"?']);
    match((await fault({ name: 'a', colour: 1 })).fix, /^It has: name, version/);
    equal((await fault({ name: 'a', timeouts: { startMS: 1 } })).fix, 'Did you mean "startMs"?');
  });

  it('says what an option must be', async () => {
    const cases: [object, RegExp][] = [
      [{ description: 1 }, /"description" is 1, and must be a string/],
      [{ controllers: class {} }, /"controllers" is of type function, and must be an array of classes/],
      [{ controllers: ['x'] }, /"controllers" is an array with something else in it/],
      [{ services: [['x', 1]] }, /"services" .* must be an array of classes, \[Token, Class\] pairs/],
      [{ exports: 'Store' }, /"exports" is "Store", and must be an array of tokens/],
      [{ requires: { other: 1 } }, /"requires" .* must be an object of semver ranges/],
      [{ critical: null }, /"critical" is null, and must be true or false/],
      [{ views: 1 }, /"views" .* must be a path or URL/],
      [{ timeouts: { stopMs: -1 } }, /"timeouts\.stopMs" .* must be a number of milliseconds above 0/],
      [{ config: {} }, /"config" is of type object, and must be a class/],
      [{ supervise: true }, /"supervise" is true, and must be an object: \{ intensity: 3 \}/],
      [{ timeouts: 5 }, /"timeouts" is 5, and must be an object: \{ startMs: 5000 \}/],
      [
        { timeouts: { startMs: 0 } },
        /"timeouts\.startMs" is 0, and must be a number of milliseconds above 0/,
      ],
      [{ middlewares: [{}] }, /"middlewares" .* must be an array of classes or functions/],
      [{ interceptors: ['x'] }, /"interceptors" .* must be an array of classes/],
      [{ services: [[class {}, class {}, class {}]] }, /"services" .* \[Token, Class\] pairs and Container/],
      [{ services: [[class {}, {}]] }, /"services" .* \[Token, Class\] pairs and ContainerModules/],
      [{ services: [null] }, /"services" .* \[Token, Class\] pairs and ContainerModules/],
      [{ services: ['Store'] }, /"services" .* \[Token, Class\] pairs and ContainerModules/],
      [{ exports: ['Store'] }, /"exports" .* must be an array of tokens: classes, or what token\(\) gives/],
      [{ imports: ['Store'] }, /"imports" .* must be an array of tokens: classes, or what token\(\) gives/],
      [{ decorates: [class {}] }, /"decorates" .* must be an array of \[Token, Wrapper\] pairs/],
      [{ decorates: [['Store', class {}]] }, /"decorates" .* must be an array of \[Token, Wrapper\] pairs/],
      [{ decorates: [[class {}, {}]] }, /"decorates" .* must be an array of \[Token, Wrapper\] pairs/],
      [
        { decorates: [[class {}, class {}, 1]] },
        /"decorates" .* must be an array of \[Token, Wrapper\] pairs/,
      ],
      [{ contributes: [menu] }, /"contributes" .* must be an array of \[ExtensionPoint, value\] pairs/],
      [{ contributes: [[menu, undefined]] }, /"contributes" .* must be an array of \[ExtensionPoint, value/],
      [
        { contributes: [[Symbol('menu'), 1]] },
        /"contributes" .* must be an array of \[ExtensionPoint, value/,
      ],
      [{ contributes: [['menu', 1]] }, /"contributes" .* must be an array of \[ExtensionPoint, value/],
      [{ contributes: { menu: 1 } }, /"contributes" .* must be an array of \[ExtensionPoint, value/],
      [{ reload: 'never' }, /"reload" is "never", and must be 'overlap' or 'exclusive'/],
      [{ assets: [] }, /"assets" .* must be a path or URL: '\.\/views'/],
      [{ prefix: 7 }, /"prefix" is 7, and must be a string/],
      [{ requires: '^1' }, /"requires" .* must be an object of semver ranges/],
    ];
    await Promise.all(
      cases.map(async ([options, message]) => {
        const error = await fault({ name: 'a', ...options });
        equal(error.code, 'INVALID_OPTION');
        match(error.message, message);
      }),
    );
  });

  for (const [option, value, message] of [
    ['intensity', -1, '"supervise.intensity" is -1, and must be a whole number, 0 or more'],
    ['intensity', 1.5, '"supervise.intensity" is 1.5, and must be a whole number, 0 or more'],
    ['intensity', '3', '"supervise.intensity" is "3", and must be a whole number, 0 or more'],
    ['periodMs', 0, '"supervise.periodMs" is 0, and must be a number of milliseconds above 0'],
    ['periodMs', Number.NaN, '"supervise.periodMs" is NaN, and must be a number of milliseconds above 0'],
    ['backoff', 500, '"supervise.backoff" is 500, and must be an object: { initialMs: 500 }'],
    [
      'backoff',
      { initialMs: -1 },
      '"supervise.backoff.initialMs" is -1, and must be a number of milliseconds',
    ],
    ['backoff', { factor: 0.5 }, '"supervise.backoff.factor" is 0.5, and must be a number, 1 or more'],
    ['backoff', { maxMs: null }, '"supervise.backoff.maxMs" is null, and must be a number of milliseconds'],
    ['onExceeded', 'exit', `"supervise.onExceeded" is "exit", and must be 'quarantine'`],
    ['errors', true, '"supervise.errors" is true, and must be false, or an object: { ratio: 0.5 }'],
    ['errors', { ratio: 50 }, '"supervise.errors.ratio" is 50, and must be a number above 0 and up to 1'],
    ['errors', { minimum: 0 }, '"supervise.errors.minimum" is 0, and must be a whole number above 0'],
    ['errors', { windowMs: '10s' }, '"supervise.errors.windowMs" is "10s", and must be a number of milli'],
    ['errors', { ratio: 0 }, '"supervise.errors.ratio" is 0, and must be a number above 0 and up to 1'],
    ['errors', { minimum: 1.5 }, '"supervise.errors.minimum" is 1.5, and must be a whole number above 0'],
    ['errors', [], '"supervise.errors" is an array with something else in it, and must be false'],
    ['backoff', null, '"supervise.backoff" is null, and must be an object: { initialMs: 500 }'],
    ['concurrency', 0, '"supervise.concurrency" is 0, and must be a whole number above 0'],
    ['concurrency', 2.5, '"supervise.concurrency" is 2.5, and must be a whole number above 0'],
  ] as const) {
    it(`refuses ${inspect(value)} as ${option} of supervise, and says why`, async () => {
      const error = await fault({ name: 'a', supervise: { [option]: value } });
      equal(error.code, 'INVALID_OPTION');
      ok(error.message.includes(message), error.message);
    });
  }

  it('names the nearest option of supervise, too', async () => {
    const wrong = { supervise: { backoff: { initalMs: 1 } } };
    const { message, fix } = await fault({ name: 'a', ...wrong });
    deepEqual(
      [message, fix],
      ['@Plugin has no option "supervise.backoff.initalMs".', 'Did you mean "initialMs"?'],
    );
  });

  it('says that undefined in a list comes from a circular or misspelled import', async () => {
    match(
      (await fault({ name: 'a', services: [class {}, undefined] })).message,
      /"services\[1\]" is undefined/,
    );
  });

  it('takes every option that there is', async () => {
    const type = class {};
    const lists = {
      controllers: [type],
      middlewares: [type],
      interceptors: [type],
      exports: [type],
      imports: [Symbol('x')],
    };
    const places = { views: './views', assets: new URL('file:///x'), prefix: '/a', critical: true };
    const more = {
      config: type,
      services: [type, [type, type], {}],
      decorates: [[Symbol('x'), type]],
      contributes: [[menu, 0]],
      reload: 'exclusive',
      timeouts: { startMs: 1, stopMs: undefined },
      supervise: {
        intensity: 0,
        periodMs: 1,
        backoff: { initialMs: 0, factor: 1, maxMs: 0 },
        onExceeded: 'quarantine',
        errors: { ratio: 1, minimum: 1, windowMs: 1 },
        concurrency: Number.POSITIVE_INFINITY,
      },
    };
    const options = { name: 'a-1', requires: { plugboard: '^1' }, ...lists, ...places, ...more };
    deepEqual((await manifestOf(options)).options, options);
  });

  it('takes ranges only in requires', async () => {
    const { code, message } = await fault({ name: 'a', requires: { other: 'newest' } });
    equal(code, 'INVALID_RANGE');
    match(message, /requires "other" in version "newest"/);
  });
});

describe('checking what plugins require of each other', () => {
  const plugin = (
    name: string,
    version: string,
    requires: Record<string, string> = {},
  ): Pick<Manifest, 'name' | 'version' | 'requires'> => ({ name, version, requires });

  it('passes what fits, prereleases included', () => {
    const manifests = [plugin('a', '1.0.0', { b: '^2', plugboard: '^1' }), plugin('b', '2.1.0-beta.1')];
    equal(checkRequirements(manifests, '1.2.0-rc.1').size, 0);
  });

  it('names the wanted range and the found version', () => {
    const manifests = [plugin('a', '1.0.0', { b: '^2' }), plugin('b', '1.5.0')];
    const error = checkRequirements(manifests, '1.0.0').get('a')?.[0];
    deepEqual([error?.code, error?.plugin, error?.path], ['REQUIREMENT_UNMET', 'a', ['a', 'b']]);
    equal(error?.message, 'a requires "b" in version ^2, and found 1.5.0.');
  });

  it('says so where there is no such plugin', () => {
    const error = checkRequirements([plugin('a', '1.0.0', { c: '*' })], '1.0.0').get('a')?.[0];
    equal(error?.code, 'REQUIREMENT_MISSING');
    match(error?.fix ?? '', /there are: plugboard\./);
  });
});
