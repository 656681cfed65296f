import { deepEqual, equal, match, ok } from 'node:assert/strict';
import fs from 'node:fs';
import { cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import type { Host, HostEvent, HostOptions, LogTarget } from 'plugboard';
import { deferred } from '../support/deferred.ts';
import { registrySizes } from '../support/registry-sizes.ts';
import {
  captureLog,
  closeHosts,
  folderWith,
  removeFolders,
  serve,
  statusOf,
  type LogLine,
  type StartedApp,
} from './hosting.ts';

const greeter = (greeting: string, { name = 'greeter', head = '', extra = '' } = {}): string => `
  import { Plugin } from 'plugboard';
  import { Get, JsonController } from 'routing-controllers';
  ${head}
  @Plugin({ name: '${name}' })
  @JsonController('/${name}')
  export class Greeter {
    ${extra}
    @Get() greet() { return ${greeting.includes('(') ? greeting : `'${greeting}'`}; }
  }`;

interface Watched extends StartedApp {
  readonly folder: string;
  /** As an editor saves: a file beside it takes its place. */
  save(file: string, text: string): Promise<void>;
}

/** A host that watches the folder `plugins` of a new folder. */
async function watched(
  files: Readonly<Record<string, string>>,
  options: Partial<HostOptions> = {},
): Promise<Watched> {
  const folder = await folderWith({ 'plugins/_none': '', ...files });
  const logs: LogLine[] = [];
  const log = watchedLog(logs);
  const app = await serve({ plugins: [join(folder, 'plugins')], watch: true, log, ...options });
  return {
    ...app,
    logs,
    folder,
    save: async (file, text) => {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, `${file}.tmp`), text);
      await rename(join(folder, `${file}.tmp`), join(folder, file));
    },
  };
}

const checks = new Set<() => void>();

/** A log that keeps its lines, each of which is looked at by `until`. */
function watchedLog(lines: LogLine[]): LogTarget {
  const log = captureLog(lines);
  const write = (level: keyof LogTarget) => (fields: object, message: string) => {
    log[level](fields, message);
    for (const check of checks) check();
  };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

/** Resolves at the first event or line of the log after which `holds`, or at once. */
async function until(host: Host, holds: () => boolean): Promise<void> {
  const { promise, resolve } = deferred();
  const check = (): void => {
    // What a plugin's row tells of is there when its event has been told to all.
    setImmediate(() => {
      if (holds()) resolve();
    });
  };
  const stops = events.map((event) => host.on(event, check));
  checks.add(check);
  check();
  await promise;
  checks.delete(check);
  for (const stop of stops) stop();
}

const events: readonly HostEvent[] = ['plugin:running', 'plugin:failure', 'plugin:waiting', 'plugin:stopped'];

const has = (host: Host, name: string): boolean => host.plugins.some((status) => status.name === name);

/** Until the generation that runs has this number, or a later one. */
async function reached(host: Host, name: string, generation: number): Promise<void> {
  await until(
    host,
    () =>
      has(host, name) &&
      statusOf(host, name).state === 'running' &&
      statusOf(host, name).generation >= generation,
  );
}

async function failed(host: Host, name: string): Promise<string | undefined> {
  await until(host, () => has(host, name) && statusOf(host, name).failure !== undefined);
  return statusOf(host, name).failure?.code;
}

const namesOf = ({ plugins }: Host): readonly string[] => plugins.map(({ name }) => name).sort();

describe('a host that watches its plugins', function () {
  this.timeout(60_000);
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('answers with new code once its file is saved in place, and logs what it took', async () => {
    const { host, request, folder, logs } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    await writeFile(join(folder, 'plugins/greeter/index.ts'), greeter('good day'));
    await reached(host, 'greeter', 2);
    await request.get('/greeter').expect(200, '"good day"');
    const line = logs.find(({ generation }) => generation === 2);
    deepEqual([line?.level, line?.plugin, line?.file], ['info', 'greeter', 'greeter/index.ts']);
    match(line?.message ?? '', /^greeter serves as generation 2, \d+ ms after greeter\/index\.ts changed\.$/);
    ok(Number(line?.ms) >= 50);
  });

  it('follows a file that is replaced by another, time and again', async () => {
    const { host, request, save } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    for (const generation of [2, 3, 4]) {
      await save('plugins/greeter/index.ts', greeter(`hello ${generation}`));
      await reached(host, 'greeter', generation);
      await request.get('/greeter').expect(200, `"hello ${generation}"`);
    }
  });

  it('goes on with the old code where the new is broken, says why, and takes the mended', async () => {
    const { host, request, save, logs } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    await save('plugins/greeter/index.ts', 'export class {');
    equal(await failed(host, 'greeter'), 'SYNTAX_ERROR');
    await request.get('/greeter').expect(200, '"hello"');
    equal(logs.filter(({ level }) => level === 'error')[0]?.code, 'SYNTAX_ERROR');
    await save('plugins/greeter/index.ts', greeter('mended'));
    await reached(host, 'greeter', 2);
    await request.get('/greeter').expect(200, '"mended"');
    equal(statusOf(host, 'greeter').failure, undefined);
  });

  it('serves the last of many saves in a row, after a few generations', async () => {
    const { host, request, folder } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    const file = join(folder, 'plugins/greeter/index.ts');
    for (let save = 1; save <= 20; save += 1) await writeFile(file, greeter(`save ${save}`));
    let last = '';
    while (last !== 'save 20') {
      await reached(host, 'greeter', statusOf(host, 'greeter').generation + 1);
      last = (await request.get('/greeter').expect(200)).body as string;
    }
    ok(statusOf(host, 'greeter').generation < 20);
  });

  it('loads once more for what is saved while it loads', async () => {
    const { host, request, save } = await watched({
      'plugins/greeter/index.ts': greeter('hello'),
    });
    const started = deferred();
    const gate = deferred();
    Object.assign(globalThis, { watchingTest: { started: started.resolve, gate: gate.promise } });
    const slow = 'async onStart() { globalThis.watchingTest.started(); await globalThis.watchingTest.gate; }';
    await save('plugins/greeter/index.ts', greeter('slow', { extra: slow }));
    await started.promise;
    await save('plugins/greeter/index.ts', greeter('last'));
    gate.resolve();
    await reached(host, 'greeter', 3);
    await request.get('/greeter').expect(200, '"last"');
  });

  it('follows every file that the code is made of, and what mends it', async () => {
    const code = greeter('text()', { head: "import { text } from './lib/text.ts';" });
    const { host, request, save } = await watched({
      'plugins/greeter/index.ts': code,
      'plugins/greeter/lib/text.ts': "export const text = () => 'one';",
    });
    await save('plugins/greeter/lib/text.ts', "export const text = () => 'two';");
    await reached(host, 'greeter', 2);
    await request.get('/greeter').expect(200, '"two"');
    await save('plugins/greeter/index.ts', code.replace('./lib/text.ts', './lib/other.ts'));
    ok(await failed(host, 'greeter'));
    await save('plugins/greeter/lib/other.ts', "export const text = () => 'three';");
    await reached(host, 'greeter', 3);
    await request.get('/greeter').expect(200, '"three"');
  });

  it('takes no notice of tests, assets, dependencies and what is hidden', async () => {
    const { host, save, logs } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    for (const file of ['index.test.ts', 'notes.txt', 'assets/page.js', '.git/x.ts', 'node_modules/a/x.js'])
      await save(`plugins/greeter/${file}`, '1');
    await save('plugins/greeter/index.ts', greeter('changed'));
    await reached(host, 'greeter', 2);
    deepEqual(
      logs.flatMap(({ file, files }) => (file === undefined ? [] : [[file, files]])),
      [['greeter/index.ts', 1]],
    );
  });

  it('shows new templates, which are kept until then', async () => {
    const page = `
      import { Plugin } from 'plugboard';
      import { Controller, Get, Render } from 'routing-controllers';
      @Plugin({ name: 'pages' })
      @Controller('/page')
      export class Pages { @Get() @Render('page') page() { return {}; } }`;
    const { host, request, save } = await watched(
      { 'plugins/pages/index.ts': page, 'plugins/pages/views/page.eta': 'old' },
      { development: false },
    );
    await request.get('/page').expect(200, 'old');
    await save('plugins/pages/views/page.eta', 'new');
    await reached(host, 'pages', 2);
    await request.get('/page').expect(200, 'new');
  });

  it('builds those anew that stand on what has changed', async () => {
    const contract = 'export abstract class Word { abstract readonly text: string; }';
    const store = (word: string): string => `
      import { Plugin } from 'plugboard';
      import { Word } from './contract.ts';
      class OwnWord extends Word { readonly text = '${word}'; }
      @Plugin({ name: 'store', services: [[Word, OwnWord]], exports: [Word] })
      export class Store {}`;
    const user = `
      import { Plugin } from 'plugboard';
      import { Get, JsonController } from 'routing-controllers';
      import { Word } from '../store/contract.ts';
      @Plugin({ name: 'user' })
      @JsonController('/word')
      export class User {
        constructor(private readonly word: Word) {}
        @Get() read() { return this.word.text; }
      }`;
    const { host, request, save, folder, logs } = await watched({
      'plugins/store/contract.ts': contract,
      'plugins/store/index.ts': store('one'),
      'plugins/user/index.ts': user,
    });
    await request.get('/word').expect(200, '"one"');
    await save('plugins/store/index.ts', store('two'));
    await reached(host, 'user', 2);
    await request.get('/word').expect(200, '"two"');

    // Gone, it is nobody's: what a start would say now. Come back, it brings its user along.
    await rename(join(folder, 'plugins/store'), join(folder, 'elsewhere'));
    await until(host, () => !has(host, 'store') && statusOf(host, 'user').state === 'failed');
    await rename(join(folder, 'elsewhere'), join(folder, 'plugins/store'));
    await until(host, () => statusOf(host, 'user').state === 'running');
    await request.get('/word').expect(200, '"two"');

    await save('plugins/store/contract.ts', `${contract}\n// more`);
    await save('plugins/store/contract.ts', `${contract}\n// and more`);
    await save('plugins/store/index.ts', store('three'));
    await until(host, () => statusOf(host, 'store').generation === 2);
    const warnings = logs.filter(({ level }) => level === 'warn');
    deepEqual(
      warnings.map(({ file }) => file),
      [join(folder, 'plugins/store/contract.ts')],
    );
    match(warnings[0]?.message ?? '', /^Restart needed: .+contract\.ts has changed/);
  });

  it('asks for a restart where a module has changed that plugins share', async () => {
    const code = greeter('text()', { head: "import { text } from '../../shared/text.ts';" });
    const { host, save, logs, folder } = await watched({
      'shared/text.ts': "export const text = () => 'one';",
      'plugins/greeter/index.ts': code,
    });
    await save('shared/text.ts', "export const text = () => 'two';");
    await save('plugins/greeter/index.ts', `${code}\n// more`);
    await reached(host, 'greeter', 2);
    await until(host, () => logs.some(({ level }) => level === 'warn'));
    deepEqual(
      logs.filter(({ level }) => level === 'warn').map(({ file }) => file),
      [join(folder, 'shared/text.ts')],
    );
  });

  it('does not bring back what was unloaded', async () => {
    const { host, save } = await watched({
      'plugins/greeter/index.ts': greeter('hello'),
      'plugins/other/index.ts': greeter('hello', { name: 'other' }),
    });
    await host.unload('greeter');
    await save('plugins/greeter/index.ts', greeter('changed'));
    await save('plugins/other/index.ts', greeter('changed', { name: 'other' }));
    await reached(host, 'other', 2);
    equal(statusOf(host, 'greeter').state, 'stopped');
  });

  describe('while an old generation still answers', () => {
    const held = globalThis as { heldGreeting?: { arrive(): void; left: Promise<string> } | undefined };
    const slowGreeter = (greeting: string): string =>
      greeter(greeting, {
        extra: `@Get('/slowly') async greetSlowly() {
          const { arrive, left } = globalThis.heldGreeting;
          arrive();
          return '${greeting} ' + await left;
        }`,
      });

    async function answering(): Promise<Watched & { leave(): Promise<string> }> {
      const app = await watched({ 'plugins/greeter/index.ts': slowGreeter('hello') });
      const [arrived, left] = [deferred(), deferred<string>()];
      held.heldGreeting = { arrive: arrived.resolve, left: left.promise };
      const answer = app.request.get('/greeter/slowly').then(({ body }) => body as string);
      await arrived.promise;
      return {
        ...app,
        leave: async () => {
          left.resolve('at last');
          return answer;
        },
      };
    }
    afterEach(() => {
      held.heldGreeting = undefined;
    });

    it('shows what is saved next without waiting for it', async () => {
      const { host, request, save, leave } = await answering();
      for (const generation of [2, 3]) {
        await save('plugins/greeter/index.ts', slowGreeter(`hello ${generation}`));
        await reached(host, 'greeter', generation);
        await request.get('/greeter').expect(200, `"hello ${generation}"`);
      }
      equal(await leave(), 'hello at last');
    });

    it('does not bring back what was unloaded', async () => {
      const { host, save, leave } = await answering();
      const unloaded = host.unload('greeter');
      await save('plugins/greeter/index.ts', slowGreeter('hello again'));
      await save('plugins/other/index.ts', greeter('hello', { name: 'other' }));
      await reached(host, 'other', 1);
      await leave();
      equal((await unloaded).state, 'stopped');
      await save('plugins/another/index.ts', greeter('hello', { name: 'another' }));
      await reached(host, 'another', 1);
      equal(statusOf(host, 'greeter').state, 'stopped');
    });
  });

  it('ends with the host', async () => {
    const { host, save } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    const seen: string[] = [];
    await save('plugins/greeter/index.ts', greeter('changed'));
    await host.close();
    host.on('plugin:running', ({ plugin }) => seen.push(plugin));
    await save('plugins/greeter/index.ts', greeter('later'));
    equal(statusOf(host, 'greeter').state, 'stopped');
    deepEqual(seen, []);
  });

  it('says what to do where the system tells of no changes, and serves', async () => {
    const { watch } = fs;
    const full = Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
      code: 'ENOSPC',
    });
    fs.watch = () => {
      throw full;
    };
    syncBuiltinESMExports();
    try {
      const { request, logs } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
      const errors = logs.filter(({ level }) => level === 'error');
      deepEqual(
        errors.map(({ code }) => code),
        ['WATCH_FAILED'],
      );
      match(String(errors[0]?.fix), /max_user_watches/);
      await request.get('/greeter').expect(200);
    } finally {
      fs.watch = watch;
      syncBuiltinESMExports();
    }
  });
});

describe('a folder of plugins that is watched', function () {
  this.timeout(60_000);
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('brings in a folder that comes, and a file', async () => {
    const { host, request, save } = await watched({});
    await save('plugins/greeter/index.ts', greeter('hello'));
    await save('plugins/single.ts', greeter('alone', { name: 'single' }));
    await reached(host, 'greeter', 1);
    await reached(host, 'single', 1);
    await request.get('/greeter').expect(200, '"hello"');
    await request.get('/single').expect(200, '"alone"');
  });

  it('gives a row to a folder that is not a plugin yet, and runs it when it is', async () => {
    const { host, request, folder, save } = await watched({});
    await mkdir(join(folder, 'plugins/greeter'));
    equal(await failed(host, 'greeter'), 'NO_ENTRY');
    await save('plugins/greeter/index.ts', greeter('hello'));
    await reached(host, 'greeter', 1);
    await request.get('/greeter').expect(200, '"hello"');
  });

  it('takes out what is gone, row and all', async () => {
    const { host, request, folder, logs } = await watched({
      'plugins/greeter/index.ts': greeter('hello'),
      'plugins/broken/index.ts': 'export class {',
      'plugins/single.ts': greeter('alone', { name: 'single' }),
    });
    deepEqual(namesOf(host), ['broken', 'greeter', 'single']);
    for (const name of ['greeter', 'broken', 'single.ts'])
      await rm(join(folder, 'plugins', name), { recursive: true });
    await until(host, () => host.plugins.length === 0);
    await request.get('/greeter').expect(404);
    await until(host, () =>
      logs.some(({ plugin, message }) => plugin === 'greeter' && /is gone/.test(message)),
    );
  });

  it('lets go of the code of what is gone', async () => {
    const { host, folder, save } = await watched({});
    const before = registrySizes();
    for (const name of ['running', 'unloaded']) {
      await save(`plugins/${name}/index.ts`, greeter('hello', { name }));
      await reached(host, name, 1);
    }
    await host.unload('unloaded');
    const gone = until(host, () => host.plugins.length === 0);
    await rm(join(folder, 'plugins'), { recursive: true });
    await gone;
    await host.close();
    deepEqual(registrySizes(), before);
  });

  it('lets a plugin go on that is moved to another folder', async () => {
    const { host, request, folder, save } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    await rename(join(folder, 'plugins/greeter'), join(folder, 'plugins/welcome'));
    await reached(host, 'greeter', 2);
    await save('plugins/welcome/index.ts', greeter('moved'));
    await reached(host, 'greeter', 3);
    await request.get('/greeter').expect(200, '"moved"');
    deepEqual(namesOf(host), ['greeter']);
  });

  it('follows a plugin to its new name, and the old one is gone', async () => {
    const { host, request, save } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    await save('plugins/greeter/index.ts', greeter('hello', { name: 'welcomer' }));
    await until(host, () => namesOf(host).join() === 'welcomer');
    await request.get('/welcomer').expect(200);
    await request.get('/greeter').expect(404);
  });

  it('lets the first of two with one name have it, until that one is gone', async () => {
    const { host, request, folder, save } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    await cp(join(folder, 'plugins/greeter'), join(folder, 'plugins/copy'), { recursive: true });
    await until(host, () => host.plugins.some(({ failure }) => failure?.code === 'DUPLICATE_NAME'));
    await save('plugins/copy/index.ts', greeter('the copy'));
    await save('plugins/greeter/index.ts', greeter('the first'));
    await reached(host, 'greeter', 2);
    await request.get('/greeter').expect(200, '"the first"');
    await rm(join(folder, 'plugins/greeter'), { recursive: true });
    await until(host, () => host.plugins.length === 1 && statusOf(host, 'greeter').state === 'running');
    await request.get('/greeter').expect(200, '"the copy"');
  });

  it('follows the private files beside a plugin that is a single file', async () => {
    const code = greeter('text()', { head: "import { text } from './_text.ts';" });
    const { host, request, save } = await watched({
      'plugins/greeter.ts': code,
      'plugins/other.ts': greeter('hello', { name: 'other' }),
      'plugins/_text.ts': "export const text = () => 'one';",
    });
    await save('plugins/_text.ts', "export const text = () => 'two';");
    await reached(host, 'greeter', 2);
    await request.get('/greeter').expect(200, '"two"');
    equal(statusOf(host, 'other').generation, 1);
  });

  it('follows links', async () => {
    const folder = await folderWith({ 'plugins/_none': '', 'elsewhere/index.ts': greeter('hello') });
    await symlink(join(folder, 'elsewhere'), join(folder, 'plugins/greeter'));
    const { host, request } = await serve({ plugins: [join(folder, 'plugins')], watch: true });
    await writeFile(join(folder, 'elsewhere/index.ts'), greeter('linked'));
    await reached(host, 'greeter', 2);
    await request.get('/greeter').expect(200, '"linked"');
  });

  it('is followed when it goes as a whole and comes back', async () => {
    const { host, request, folder } = await watched({ 'plugins/greeter/index.ts': greeter('hello') });
    await rename(join(folder, 'plugins'), join(folder, 'away'));
    await until(host, () => host.plugins.length === 0);
    await rename(join(folder, 'away'), join(folder, 'plugins'));
    await reached(host, 'greeter', 1);
    await request.get('/greeter').expect(200, '"hello"');
  });
});

describe('a plugin that is listed by itself and watched', function () {
  this.timeout(60_000);
  afterEach(closeHosts);
  afterEach(removeFolders);

  for (const [what, file, listed] of [
    ['a folder', 'greeter/index.ts', 'greeter'],
    ['a file', 'greeter.ts', 'greeter.ts'],
  ] as const) {
    it(`is followed when it is ${what}, goes and comes back`, async () => {
      const folder = await folderWith({ [`app/${file}`]: greeter('hello') });
      const { host, request } = await serve({ plugins: [join(folder, 'app', listed)], watch: true });
      await writeFile(join(folder, 'app', file), greeter('changed'));
      await reached(host, 'greeter', 2);
      await request.get('/greeter').expect(200, '"changed"');
      await rename(join(folder, 'app', listed), join(folder, 'away'));
      await until(host, () => host.plugins.length === 0);
      await rename(join(folder, 'away'), join(folder, 'app', listed));
      await reached(host, 'greeter', 1);
      await request.get('/greeter').expect(200, '"changed"');
    });
  }

  it('is followed when it was loaded later', async () => {
    const folder = await folderWith({ 'greeter/index.ts': greeter('hello') });
    const { host, request } = await serve({ plugins: [], watch: true });
    await host.load(join(folder, 'greeter'));
    // Nobody is told from when on it is watched.
    const saving = setInterval(() => {
      fs.writeFileSync(join(folder, 'greeter/index.ts'), greeter('changed'));
    }, 300);
    await reached(host, 'greeter', 2);
    clearInterval(saving);
    await request.get('/greeter').expect(200, '"changed"');
  });
});
