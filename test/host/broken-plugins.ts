import type { PluginState } from 'plugboard';

const head = `
import { Plugin } from 'plugboard';
import { inject } from 'inversify';
import { JsonController, Get, Body, Post } from 'routing-controllers';
`;

/** A plugin of one class that exports a service of its own, for a dependant to ask for. */
export function plugin(name: string, { options = '', body = '', more = '' } = {}): string {
  return `${head}${more}
@Plugin({ name: '${name}', ${options} })
@JsonController('/${name}')
export class ThePlugin { ${body} @Get('/') answer() { return '${name}'; } }
`;
}

export interface BrokenPlugin {
  /** Files below the folder of plugins. */
  readonly files: Readonly<Record<string, string>>;
  /** Its row in `host.plugins`. */
  readonly row: string;
  readonly code: string;
  readonly phase: string;
  readonly message: RegExp;
  readonly fix: RegExp;
  readonly path?: readonly (string | RegExp)[];
  readonly cause?: RegExp;
  readonly state?: PluginState;
}

/** By what is wrong with them. */
export const brokenPlugins: Readonly<Record<string, BrokenPlugin>> = {
  'an import that throws': {
    files: { 'import-throws/index.ts': `throw new TypeError('no licence');` },
    row: 'import-throws',
    code: 'EVALUATION_FAILED',
    phase: 'load',
    message: /^import-throws\/index\.ts:1:7 threw while it was loaded: no licence$/,
    fix: /onStart\(\)/,
    path: [/import-throws\/index\.ts/],
    cause: /^TypeError: no licence/,
  },
  'a syntax error': {
    files: { 'bad-syntax/index.ts': `export class {` },
    row: 'bad-syntax',
    code: 'SYNTAX_ERROR',
    phase: 'load',
    message: /^bad-syntax\/index\.ts:1:\d+: /,
    fix: /^Correct the text at bad-syntax\/index\.ts:1/,
    path: [/bad-syntax\/index\.ts:1:/],
  },
  'a file that is not there': {
    files: { 'lost-file/index.ts': `import './gone.js';` },
    row: 'lost-file',
    code: 'MISSING_FILE',
    phase: 'load',
    message: /imports '\.\/gone\.js', and there is no such file/,
    fix: /Create the file/,
    path: [/lost-file\/index\.ts:1:1/, './gone.js'],
  },
  'decorator metadata that was lost in a constructor': {
    files: {
      'lost-types/index.mjs': `
import { Plugin } from 'plugboard';
export class LostPlugin { constructor(clock) { this.clock = clock; } }
Plugin({ name: 'lost-types' })(LostPlugin);`,
    },
    row: 'lost-types',
    code: 'METADATA_MISSING',
    phase: 'plan',
    message: /LostPlugin carries no types \(parameter 1 \(clock\)\).*without decorator metadata/,
    fix: /emitDecoratorMetadata.*plugboard\/register/,
    path: ['lost-types', 'LostPlugin'],
  },
  'decorator metadata that was lost in an action': {
    files: {
      'lost-body/index.mjs': `
import { Plugin } from 'plugboard';
import { Body, JsonController, Post } from 'routing-controllers';
export class LostBody { save(dto) { return dto; } }
Body()(LostBody.prototype, 'save', 0);
Post('/save')(LostBody.prototype, 'save');
JsonController()(LostBody);
Plugin({ name: 'lost-body' })(LostBody);`,
    },
    row: 'lost-body',
    code: 'DECORATOR_METADATA_MISSING',
    phase: 'plan',
    message: /LostBody\.save has a @Body/,
    fix: /emitDecoratorMetadata.*plugboard\/register/,
  },
  'a constructor that throws': {
    files: {
      'bad-constructor.ts': plugin('bad-constructor', {
        body: `constructor() { throw new RangeError('no room'); }`,
      }),
    },
    row: 'bad-constructor',
    code: 'CONSTRUCT_FAILED',
    phase: 'construct',
    message: /ThePlugin could not be constructed: no room$/,
    fix: /onStart\(\)/,
    path: ['bad-constructor', 'ThePlugin'],
    cause: /^RangeError: no room[\s\S]*bad-constructor\.ts:8/,
  },
  'an asynchronous start that rejects': {
    files: {
      'bad-start.ts': plugin('bad-start', { body: `async onStart() { throw new Error('no database'); }` }),
    },
    row: 'bad-start',
    code: 'START_FAILED',
    phase: 'start',
    message: /^onStart\(\) of ThePlugin failed: no database$/,
    fix: /ThePlugin\.onStart\(\)/,
    path: ['bad-start', 'ThePlugin'],
    cause: /^Error: no database[\s\S]*bad-start\.ts:8/,
  },
  'a start that throws no error at all': {
    files: { 'null-start.ts': plugin('null-start', { body: `onStart() { throw null; }` }) },
    row: 'null-start',
    code: 'START_FAILED',
    phase: 'start',
    message: /^onStart\(\) of ThePlugin failed: null was thrown$/,
    fix: /./,
    cause: /^object: null was thrown/,
  },
  'an asynchronous start that never ends': {
    files: {
      'endless-start.ts': plugin('endless-start', {
        options: 'timeouts: { startMs: 20 }',
        body: `onStart() { return new Promise(() => {}); }`,
      }),
    },
    row: 'endless-start',
    code: 'START_TIMEOUT',
    phase: 'start',
    message: /did not start within 20 ms: it was still at ThePlugin\.onStart\(\)/,
    fix: /timeouts: \{ startMs: 60 \}/,
    path: ['endless-start'],
  },
  'an asynchronous module that never ends': {
    files: {
      'endless-module.ts': plugin('endless-module', {
        more: `import { ContainerModule } from 'inversify';`,
        options: 'timeouts: { startMs: 20 }, services: [new ContainerModule(() => new Promise(() => {}))]',
      }),
    },
    row: 'endless-module',
    code: 'START_TIMEOUT',
    phase: 'start',
    message: /did not start within 20 ms: it was still at its services/,
    fix: /timeouts: \{ startMs: 60 \}/,
  },
  'a module that throws': {
    files: {
      'bad-module.ts': plugin('bad-module', {
        more: `import { ContainerModule } from 'inversify';`,
        options: `services: [new ContainerModule(() => { throw new Error('no bindings'); })]`,
      }),
    },
    row: 'bad-module',
    code: 'UNEXPECTED',
    phase: 'plan',
    message: /no bindings/,
    fix: /./,
    cause: /no bindings/,
  },
  'an import that nobody offers': {
    files: {
      'no-owner.ts': plugin('no-owner', {
        more: `import { injectable } from 'inversify';\nabstract class Ledger { abstract add(): void }\n@injectable() class Store { constructor(readonly ledger: Ledger) {} }`,
        options: 'services: [Store]',
        body: 'constructor(readonly store: Store) {}',
      }),
    },
    row: 'no-owner',
    code: 'MISSING_IMPORT',
    phase: 'plan',
    message: /^no-owner → Store → Ledger: nobody offers Ledger\.$/,
    fix: /createHost\(\{ services: \[\[Ledger, MyLedger\]\] \}\)/,
    path: ['no-owner', 'Store', 'Ledger'],
  },
  'a cycle of plugins': {
    files: {
      'circle-one/contract.ts': 'export abstract class One { abstract one: string }',
      'circle-one/index.ts': plugin('circle-one', {
        more: `import { One } from './contract.ts'; import { Two } from '../circle-two/contract.ts';
          class MyOne extends One { one = '1'; }`,
        options: 'services: [[One, MyOne]], exports: [One]',
        body: 'constructor(readonly two: Two) {}',
      }),
      'circle-two/contract.ts': 'export abstract class Two { abstract two: string }',
      'circle-two/index.ts': plugin('circle-two', {
        more: `import { Two } from './contract.ts'; import { One } from '../circle-one/contract.ts';
          class MyTwo extends Two { two = '2'; }`,
        options: 'services: [[Two, MyTwo]], exports: [Two]',
        body: 'constructor(readonly one: One) {}',
      }),
    },
    row: 'circle-two',
    code: 'DEPENDENCY_CYCLE',
    phase: 'plan',
    message: /circle-two → One → circle-one → Two → circle-two/,
    fix: /into a plugin of its own/,
    path: ['circle-two', 'One', 'circle-one', 'Two', 'circle-two'],
  },
  'a name that another plugin has': {
    files: {
      'twin-a/index.ts': plugin('twin'),
      'twin-b/index.ts': plugin('twin').replaceAll('/twin', '/other-twin'),
    },
    row: 'twin',
    code: 'DUPLICATE_NAME',
    phase: 'manifest',
    message: /twin-a.index\.ts has the name, and .*twin-b.index\.ts asks for it/,
    fix: /name: 'twin-2'/,
    path: [/twin-a/, /twin-b/],
  },
  'a route that another plugin has': {
    files: {
      'way-a.ts': plugin('way-a', { body: `@Get('/shared') mine() { return 'a'; }` }),
      'way-b.ts': `${head}
@Plugin({ name: 'way-b' })
@JsonController()
export class SecondWay { @Get('/way-a/shared') theirs() { return 'b'; } }`,
    },
    row: 'way-b',
    code: 'ROUTE_TAKEN',
    phase: 'plan',
    message:
      /^GET \/way-a\/shared of way-b \(SecondWay\.theirs\) is already served by way-a \(ThePlugin\.mine\)\.$/,
    fix: /prefix: '\/way-b'/,
    path: ['way-b', 'SecondWay.theirs', 'GET /way-a/shared'],
  },
  'a token that another plugin exports': {
    files: {
      'export-a/contract.ts': 'export class Shared {}',
      'export-a/index.ts': plugin('export-a', {
        more: `import { Shared } from './contract.ts';`,
        options: 'services: [Shared], exports: [Shared]',
      }),
      'export-b/index.ts': plugin('export-b', {
        more: `import { Shared } from '../export-a/contract.ts';`,
        options: 'services: [Shared], exports: [Shared]',
      }),
    },
    row: 'export-b',
    code: 'EXPORT_TAKEN',
    phase: 'plan',
    message: /"export-b" exports Shared, which "export-a" offers already/,
    fix: /export const MyShared = token/,
    path: ['export-b', 'Shared'],
  },
  'configuration that does not fit': {
    files: {
      'bad-config.ts': plugin('bad-config', {
        more: `import { IsInt, Min, ValidateNested } from 'class-validator';
          import { Type } from 'class-transformer';
          class Smtp { @IsInt() @Min(1) port = 25; }
          class Config { @ValidateNested() @Type(() => Smtp) smtp = new Smtp(); }`,
        options: 'config: Config',
      }),
    },
    row: 'bad-config',
    code: 'INVALID_CONFIG',
    phase: 'configure',
    message:
      /^The configuration of "bad-config" does not fit Config:\n(.*\n)?settings\.bad-config\.config\.smtp\.port: port must be an integer number, but is a string/,
    fix: /createHost\(\{ settings: \{ 'bad-config': \{ config: /,
    path: ['bad-config', 'Config'],
  },
  'a name that is not kebab-case': {
    files: { 'bad-name/index.ts': plugin('BadName') },
    row: 'bad-name',
    code: 'INVALID_NAME',
    phase: 'manifest',
    message: /"BadName"/,
    fix: /name: 'bad-name'/,
  },
  'an older version of a plugin than it requires': {
    files: { 'wants-newer.ts': plugin('wants-newer', { options: `requires: { 'a-healthy': '^3' }` }) },
    row: 'wants-newer',
    code: 'REQUIREMENT_UNMET',
    phase: 'manifest',
    message: /wants-newer requires "a-healthy" in version \^3, and found 0\.0\.0/,
    fix: /requires: \{ 'a-healthy': '\^0\.0\.0' \}/,
    path: ['wants-newer', 'a-healthy'],
  },
  'another version of Plugboard than it requires': {
    files: { 'from-the-future.ts': plugin('from-the-future', { options: `requires: { plugboard: '^9' }` }) },
    row: 'from-the-future',
    code: 'REQUIREMENT_UNMET',
    phase: 'manifest',
    message: /from-the-future requires "plugboard" in version \^9, and found \d/,
    fix: /./,
  },
  'a plugin that is required and is not there': {
    files: { 'lonely.ts': plugin('lonely', { options: `requires: { nobody: '^1' }` }) },
    row: 'lonely',
    code: 'REQUIREMENT_MISSING',
    phase: 'manifest',
    message: /lonely requires the plugin "nobody" \(\^1\)/,
    fix: /Add it to the host's plugins/,
  },
  'two plugins in one folder': {
    files: {
      'two-in-one/index.ts': `${head}
@Plugin({ name: 'one' }) export class One {}
@Plugin({ name: 'two' }) export class Two {}`,
    },
    row: 'two-in-one',
    code: 'TWO_PLUGINS',
    phase: 'load',
    message: /exports 2 classes with @Plugin: One and Two/,
    fix: /folder of its own/,
  },
  'no plugin in a folder': {
    files: { 'none-in-it/index.ts': `export class Lonely {}` },
    row: 'none-in-it',
    code: 'NO_PLUGIN',
    phase: 'load',
    message: /Lonely is a class without @Plugin/,
    fix: /^Write @Plugin\(\{ name: 'none-in-it' \}\) above class Lonely\.$/,
  },
};
