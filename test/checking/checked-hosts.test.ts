import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ContainerModule, inject, injectable } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { HttpRequest, Plugin, type Problem } from 'plugboard';
import { closeHosts, folderWith, quietHost, removeFolders, serve, statusOf } from '../host/hosting.ts';
import { registrySizes } from '../support/registry-sizes.ts';

const here = fileURLToPath(import.meta.url);

function plugin(name: string, body = '', options = ''): string {
  return `import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
@Plugin({ name: '${name}', description: 'for the check', ${options} })
@JsonController('/${name}')
export class ThePlugin { ${body} @Get('/') answer() { return '${name}'; } }
`;
}

function codes(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code }) => code);
}

describe('a host that runs and is checked', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('is told of what its files are now, and goes on serving what they were', async () => {
    const folder = await folderWith({ 'steady.ts': plugin('steady') });
    const { host, request } = await serve({ plugins: [folder] });
    deepEqual(await host.check(), []);
    await writeFile(
      join(folder, 'steady.ts'),
      plugin('steady', 'constructor(readonly gone: Map<string, string>) {}'),
    );
    const problems = await host.check();
    deepEqual(codes(problems), ['MISSING_IMPORT']);
    equal(problems[0]?.line, 5);
    await request.get('/steady').expect(200, '"steady"');
    equal(statusOf(host, 'steady').generation, 1);
    equal(statusOf(host, 'steady').state, 'running');
  });

  it('is told of plugins that were loaded since, and of none that were unloaded', async () => {
    const first = await folderWith({ 'first.ts': plugin('first') });
    const second = await folderWith({ 'second.ts': plugin('second', '', `requires: { first: '^9' }`) });
    const { host } = await serve({ plugins: [first] });
    await host.load(join(second, 'second.ts'));
    const problems = await host.check();
    deepEqual(
      problems.map(({ code, plugin: name, file }) => [code, name, file]),
      [['REQUIREMENT_UNMET', 'second', join(second, 'second.ts')]],
    );
    await host.unload('second');
    deepEqual(await host.check(), []);
  });
});

describe('what a module has begun that was loaded for a check', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('does not reach the host that runs, though it fails when the check is over', async () => {
    const folder = await folderWith({ 'late.ts': plugin('late') });
    const { host, request } = await serve({ plugins: [folder] });
    const key = Symbol.for('checking:late');
    const shared = globalThis as unknown as Record<symbol, (() => void) | undefined>;
    const failed = new Promise<void>((resolve) => (shared[key] = resolve));
    await writeFile(
      join(folder, 'late.ts'),
      `import { readFile } from 'node:fs';
const read = (turns: number): void => readFile(import.meta.filename, () => {
  if (turns > 0) return read(turns - 1);
  setImmediate(() => setImmediate(globalThis[Symbol.for('checking:late')]));
  throw new Error('too late');
});
read(50);
${plugin('late')}`,
    );
    deepEqual(await host.check(), []);
    await failed;
    delete shared[key];
    equal(statusOf(host, 'late').state, 'running');
    deepEqual(statusOf(host, 'late').generation, 1);
    await request.get('/late').expect(200);
  });
});

describe('a check', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('leaves nothing of what it has loaded in the process', async () => {
    const folder = await folderWith({
      'busy.ts': `import { IsInt } from 'class-validator';
export class Dto { @IsInt() count = 1 }
setInterval(() => { throw new Error('still there'); }, 1);
${plugin('busy')}`,
    });
    const count = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = [
      registrySizes(),
      count(),
      process.listenerCount('newListener'),
      Object.hasOwn(process, 'emit'),
    ];
    deepEqual(codes(await quietHost({ plugins: [folder] }).check()), []);
    deepEqual(
      [registrySizes(), count(), process.listenerCount('newListener'), Object.hasOwn(process, 'emit')],
      before,
    );
  });

  it('finds all that is wrong with one plugin, though a start would stop at the first', async () => {
    const folder = await folderWith({
      'worst.ts': `import { Plugin } from 'plugboard';
import { inject, injectable } from 'inversify';
import { IsInt } from 'class-validator';
import { Get, JsonController } from 'routing-controllers';
class Config { @IsInt() port = 1 }
abstract class Clock {}
@injectable() class Untold { constructor(readonly name: string) {} }
@injectable() class Store { constructor(readonly clock: Clock, readonly untold: Untold) {} }
class Pages { @Get('/') all() { return []; } }
@Plugin({
  name: 'worst', description: 'all at once', config: Config, services: [Untold, Store], controllers: [Pages],
  exports: [Clock], requires: { nobody: '^1', plugboard: '^99' }, views: './none',
})
@JsonController('/worst')
export class Worst { @Get('/(') one() { return 1; } @Get('/:') two() { return 2; } }`,
    });
    const host = quietHost({ plugins: [folder], settings: { worst: { config: { port: 'x' } } } });
    deepEqual([...codes(await host.check())].sort(), [
      'CONTROLLER_DECORATOR_MISSING',
      'EXPORT_NOT_BOUND',
      'FOLDER_MISSING',
      'INVALID_CONFIG',
      'INVALID_ROUTE',
      'INVALID_ROUTE',
      'METADATA_MISSING',
      'MISSING_IMPORT',
      'REQUIREMENT_MISSING',
      'REQUIREMENT_UNMET',
    ]);
  });

  it('names the lines of classes that the app passes in', async () => {
    abstract class Nowhere {
      abstract anything(): void;
    }
    @Plugin({ name: 'from-the-app', description: 'a class' })
    @JsonController('/from-the-app')
    class FromTheApp {
      constructor(@inject(Nowhere) readonly nowhere: Nowhere) {}
      @Get('/')
      answer(): void {}
    }
    const [problem, ...others] = await quietHost({ plugins: [FromTheApp] }).check();
    deepEqual(others, []);
    deepEqual([problem?.code, problem?.plugin, problem?.file], ['MISSING_IMPORT', 'from-the-app', here]);
    match(await lineOf(problem), /readonly nowhere: Nowhere/);
  });

  it('tells of the services of the app, which belong to no plugin', async () => {
    @injectable()
    class Audit {
      constructor(@inject(HttpRequest) readonly request: HttpRequest) {}
    }
    const [problem] = await quietHost({ plugins: [], services: [Audit] }).check();
    deepEqual([problem?.code, problem?.plugin, problem?.severity], ['REQUEST_SCOPE', undefined, 'error']);
    match(await lineOf(problem), /readonly request: HttpRequest/);
    abstract class Clock {}
    @injectable()
    class Diary {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    const [missing, ...others] = await quietHost({ plugins: [], services: [Diary] }).check();
    deepEqual([missing?.code, missing?.path, others], ['MISSING_IMPORT', ['host', 'Diary', 'Clock'], []]);
    match(await lineOf(missing), /readonly clock: Clock/);
    const thrower = new ContainerModule(() => {
      throw new Error('no bindings');
    });
    deepEqual(codes(await quietHost({ plugins: [], services: thrower }).check()), ['HOST_SERVICE_FAILED']);
  });

  it('is silent of what only follows from the fault of another plugin', async () => {
    const folder = await folderWith({
      'owner/contract.ts': 'export abstract class Owned {}',
      'owner/index.ts': 'export class {',
      'user.ts': `import { Owned } from './owner/contract.ts';\n${plugin('user', 'constructor(readonly owned: Owned) {}')}`,
    });
    deepEqual(codes(await quietHost({ plugins: [folder] }).check()), ['SYNTAX_ERROR']);
  });

  it('may be made twice at once, and after the end of the host', async () => {
    const folder = await folderWith({
      'a.ts': plugin('a', 'constructor(readonly gone: Map<string, string>) {}'),
    });
    const host = quietHost({ plugins: [folder] });
    const [one, two] = await Promise.all([host.check(), host.check()]);
    deepEqual(one, two);
    await host.start();
    await host.close();
    deepEqual(await host.check(), one);
  });

  it('takes a template that nobody has a folder for as one that the app may render', async () => {
    const folder = await folderWith({
      'page.ts': plugin('page', `@Get('/home') @Render('home') home() { return {}; }`).replace(
        'Get, ',
        'Get, Render, ',
      ),
    });
    const [problem] = await quietHost({ plugins: [folder] }).check();
    deepEqual([problem?.code, problem?.severity], ['VIEW_MISSING', 'warning']);
    const other = await folderWith({ 'home.eta': 'home' });
    deepEqual(await quietHost({ plugins: [folder], views: other }).check(), []);
  });
});

async function lineOf(problem: Problem | undefined): Promise<string> {
  ok(problem?.file !== undefined && problem.line !== undefined);
  return (await readFile(problem.file, 'utf8')).split('\n')[problem.line - 1] ?? '';
}
