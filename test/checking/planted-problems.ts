/** One problem that a check is to find. */
export interface Planted {
  readonly code: string;
  readonly plugin?: string;
  /** Below the folder of plugins. */
  readonly file?: string;
  /** Default: the line of `file` that ends in a comment with the code. 0: of a file or folder as a whole. */
  readonly line?: number;
  readonly fix: RegExp;
  readonly severity?: 'warning';
}

interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  readonly problems: readonly Planted[];
}

const head = `import { Plugin, HostControl, HttpRequest, Logger, token, extensionPoint } from 'plugboard';
import { inject, injectable, multiInject, optional, ContainerModule } from 'inversify';
import { Body, Controller, Get, JsonController, Param, Post, Render } from 'routing-controllers';
const made = (name: string) => globalThis[Symbol.for('checking:made')]?.push(name);
`;

interface Parts {
  /** Options of `@Plugin`, each on a line of its own. */
  readonly options?: string;
  /** Members of the plugin class. */
  readonly body?: string;
  /** In front of the plugin class. */
  readonly more?: string;
  readonly controller?: string;
}

/** A plugin that tells when anything of it is constructed. */
function plugin(name: string, { options = '', body = '', more = '', controller }: Parts): string {
  return `${head}${more}
@Plugin({
  name: '${name}', description: 'for the check',
${options}
})
@${controller ?? `JsonController('/${name}')`}
export class ThePlugin {
  self = made('${name}');
${body}
}
`;
}

function problem(
  code: string,
  plugin: string,
  file: string,
  fix: RegExp,
  more: Partial<Planted> = {},
): Planted {
  return { code, plugin, file, fix, ...more };
}

const warning = { severity: 'warning' } as const;

/** One of every problem, by what is wrong. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  'nothing wrong, in a plugin that the others may use': {
    files: {
      'healthy/README.md': '# Healthy',
      'healthy/contract.ts': 'export abstract class Clock { abstract now(): number }',
      'healthy/index.ts': plugin('healthy', {
        more: `import { Clock } from './contract.ts';
@injectable() class MyClock extends Clock { self = made('MyClock'); now() { return 1; } }`,
        options: `version: '1.2.0', services: [[Clock, MyClock]], exports: [Clock], requires: { plugboard: '*' },`,
        body: `constructor(readonly clock: Clock, readonly log: Logger) {}\n @Get('/') now() { return this.clock.now(); }`,
      }),
    },
    problems: [],
  },
  'two imports that nobody offers': {
    files: {
      'missing.ts': plugin('missing', {
        more: `abstract class Ledger { abstract add(): void }
const Rates = token<number>('rates');
@injectable() class Store {
  self = made('Store');
  constructor(
    readonly ledger: Ledger, // MISSING_IMPORT
    @inject(Rates) readonly rates: number, // MISSING_IMPORT
  ) {}
}`,
        options: 'services: [Store],',
        body: 'constructor(readonly store: Store) {}',
      }),
    },
    problems: [
      problem('MISSING_IMPORT', 'missing', 'missing.ts', /createHost\(\{ services: \[\[Ledger/),
      problem('MISSING_IMPORT', 'missing', 'missing.ts', /rates/),
    ],
  },
  'a service that is bound twice': {
    files: {
      'ambiguous.ts': plugin('ambiguous', {
        more: `abstract class Store {}
class Disk extends Store {}
class Memory extends Store {}`,
        options: 'services: [[Store, Disk], [Store, Memory]],',
        body: `constructor(
    readonly store: Store, // AMBIGUOUS_BINDING
  ) {}`,
      }),
    },
    problems: [problem('AMBIGUOUS_BINDING', 'ambiguous', 'ambiguous.ts', /whenNamed/)],
  },
  'classes that need each other': {
    files: {
      'inner-cycle.ts': plugin('inner-cycle', {
        more: `import { LazyServiceIdentifier } from 'inversify';
@injectable() class Hen {
  constructor(
    @inject(new LazyServiceIdentifier(() => Egg)) readonly egg: object,
  ) {}
}
@injectable() class Egg {
  constructor(readonly hen: Hen) {} // INNER_CYCLE
}`,
        options: 'services: [Hen, Egg],',
      }),
    },
    problems: [problem('INNER_CYCLE', 'inner-cycle', 'inner-cycle.ts', /third class/)],
  },
  'plugins that need each other': {
    files: {
      'circle-a/README.md': '# A',
      'circle-a/contract.ts': 'export abstract class A {}',
      'circle-a/index.ts': plugin('circle-a', {
        more: `import { A } from './contract.ts'; import { B } from '../circle-b/contract.ts';
class MyA extends A {}`,
        options: 'services: [[A, MyA]], exports: [A],',
        body: `constructor(
    readonly b: B, // DEPENDENCY_CYCLE
  ) {}`,
      }),
      'circle-b/README.md': '# B',
      'circle-b/contract.ts': 'export abstract class B {}',
      'circle-b/index.ts': plugin('circle-b', {
        more: `import { B } from './contract.ts'; import { A } from '../circle-a/contract.ts';
class MyB extends B {}`,
        options: 'services: [[B, MyB]], exports: [B],',
        body: 'constructor(readonly a: A) {}',
      }),
    },
    problems: [problem('DEPENDENCY_CYCLE', 'circle-a', 'circle-a/index.ts', /plugin of its own/)],
  },
  'a singleton that needs what a request has': {
    files: {
      'captured.ts': plugin('captured', {
        more: `@injectable() class Audit {
  constructor(
    readonly request: HttpRequest, // REQUEST_SCOPE
  ) {}
}`,
        options: 'services: [Audit],',
      }),
    },
    problems: [problem('REQUEST_SCOPE', 'captured', 'captured.ts', /@injectable\('Request'\) on Audit/)],
  },
  'many from outside': {
    files: {
      'many.ts': plugin('many', {
        more: `abstract class Rule {}
const Menu = extensionPoint<string>('checking.menu');`,
        body: `constructor(
    @multiInject(Rule) readonly rules: Rule[], // MULTI_IMPORT
    @multiInject(Menu) readonly menu: string[], // MULTI_EXTENSION
  ) {}`,
      }),
    },
    problems: [
      problem('MULTI_EXTENSION', 'many', 'many.ts', /Extensions<T>/),
      problem('MULTI_IMPORT', 'many', 'many.ts', /extensionPoint/),
    ],
  },
  'a constructor that is inherited and not described': {
    files: {
      'inherited.ts': plugin('inherited', {
        more: `class Base { constructor(readonly url: string) {} }
@injectable()
class Client extends Base {} // INHERITED_CONSTRUCTOR`,
        options: 'services: [Client],',
      }),
    },
    problems: [problem('INHERITED_CONSTRUCTOR', 'inherited', 'inherited.ts', /@injectable\(\) on Base/)],
  },
  'a class that is imported for its type alone': {
    files: {
      'erased/README.md': '# Erased',
      'erased/store.ts': 'export class Store { name = "store"; }',
      'erased/order.ts': `import { IsInt } from 'class-validator';\nexport class Order { @IsInt() count!: number }`,
      'erased/index.ts': plugin('erased', {
        more: `import type { Store } from './store.ts';
import { type Order } from './order.ts';
interface Filter { from: string }`,
        body: `constructor(
    readonly log: Logger,
    readonly store: Store, // METADATA_MISSING
  ) {}
  @Post('/meant') filter(@Body() filter: Filter) { return filter; }
  @Post('/:id')
  take(
    @Param('id') id: string,
    @Body() order: Order, // PARAMETER_TYPE_ERASED
  ) { return order; }`,
      }),
    },
    problems: [
      problem('METADATA_MISSING', 'erased', 'erased/index.ts', /import the class without "type"/),
      problem('PARAMETER_TYPE_ERASED', 'erased', 'erased/index.ts', /import \{ Order \} from/),
    ],
  },
  'decorators without any types': {
    files: {
      'untyped.mjs': `import { Plugin } from 'plugboard';
import { Body, JsonController, Post } from 'routing-controllers';
export class Untyped {
  save(dto) { return dto; } // DECORATOR_METADATA_MISSING
}
Body()(Untyped.prototype, 'save', 0);
Post('/save')(Untyped.prototype, 'save');
JsonController('/untyped')(Untyped);
Plugin({ name: 'untyped', description: 'no types' })(Untyped);`,
    },
    problems: [problem('DECORATOR_METADATA_MISSING', 'untyped', 'untyped.mjs', /emitDecoratorMetadata/)],
  },
  'an import that is nothing at run time': {
    files: {
      'shimmed/README.md': '# Shimmed',
      'shimmed/shape.ts': 'export interface Shape { sides: number }\nexport const sides = 3;',
      'shimmed/index.ts': plugin('shimmed', {
        more: `import { Shape, sides } from './shape.ts'; // LOAD_WARNING`,
        body: `shape: Shape = { sides };\n @Get('/') answer(): Shape { return this.shape; }`,
      }),
    },
    problems: [problem('LOAD_WARNING', 'shimmed', 'shimmed/index.ts', /import type \{ Shape \}/, warning)],
  },
  'routes of one plugin': {
    files: {
      'hidden.ts': plugin('hidden', {
        body: `@Get('/:id') one(@Param('id') id: string) { return id; }
  @Get('/new') fresh() { return 'new'; } // ROUTE_SHADOWED
  @Get('/:name/') again(@Param('name') name: string) { return name; } // ROUTE_REPEATED
  @Get('/(') broken() { return ''; } // INVALID_ROUTE
  @Post('/new') make() { return 'made'; }`,
      }),
    },
    problems: [
      problem('ROUTE_SHADOWED', 'hidden', 'hidden.ts', /Move ThePlugin\.fresh above ThePlugin\.one/, warning),
      problem('ROUTE_REPEATED', 'hidden', 'hidden.ts', /Remove one of them/, warning),
      problem('INVALID_ROUTE', 'hidden', 'hidden.ts', /':name' for a segment/),
    ],
  },
  'routes of two plugins': {
    files: {
      'way-a.ts': plugin('way-a', {
        body: `@Get('/shared') mine() { return 'a'; }
  @Get('/:page') any(@Param('page') page: string) { return page; } // ROUTE_OVERLAP`,
      }),
      'way-b.ts': plugin('way-b', {
        controller: `JsonController('/way-a')`,
        body: `@Get('/shared') theirs() { return 'b'; } // ROUTE_TAKEN
  @Get('/special') special() { return 'b'; }`,
      }),
    },
    problems: [
      problem('ROUTE_OVERLAP', 'way-a', 'way-a.ts', /prefix: '\/way-a'/, warning),
      problem('ROUTE_TAKEN', 'way-b', 'way-b.ts', /prefix: '\/way-b'/),
    ],
  },
  'routes without a controller': {
    files: {
      'no-controller.ts': plugin('no-controller', {
        more: `class Pages { // CONTROLLER_DECORATOR_MISSING
  @Get('/pages') all() { return []; }
}`,
        options: 'controllers: [Pages],',
      }),
    },
    problems: [
      problem('CONTROLLER_DECORATOR_MISSING', 'no-controller', 'no-controller.ts', /@JsonController\(\)/),
    ],
  },
  'configuration that does not fit': {
    files: {
      'configured.ts': plugin('configured', {
        more: `import { IsInt } from 'class-validator';
class Config { @IsInt() port = 80 }`,
        options: 'config: Config, // INVALID_CONFIG',
        body: 'constructor(readonly config: Config) {}',
      }),
    },
    problems: [problem('INVALID_CONFIG', 'configured', 'configured.ts', /settings: \{ 'configured'/)],
  },
  'versions that are not there': {
    files: {
      'versions.ts': plugin('versions', {
        options: `requires: { healthy: '^9', nobody: '^1' }, // REQUIREMENT_MISSING REQUIREMENT_UNMET`,
      }),
    },
    problems: [
      problem('REQUIREMENT_MISSING', 'versions', 'versions.ts', /Add it to the host's plugins/),
      problem('REQUIREMENT_UNMET', 'versions', 'versions.ts', /healthy in \^9/),
    ],
  },
  'folders, templates and assets that are not there': {
    files: {
      'lost-folders.ts': plugin('lost-folders', {
        options: `views: './templates', // FOLDER_MISSING
  assets: './files', // FOLDER_MISSING`,
      }),
      'pages/README.md': '# Pages',
      'pages/assets/style.css': 'body {}',
      'pages/views/home.eta': `<% layout('./frame') %>\n<link href="<%= it.asset('style.css') %>">\n<img src="<%= it.asset('logo.png') %>">`,
      'pages/index.ts': plugin('pages', {
        options: `assets: './assets',`,
        controller: `Controller('/pages')`,
        body: `@Get('/') @Render('home') home() { return {}; }
  @Get('/about')
  @Render('about')
  about() { return {}; } // VIEW_MISSING`,
      }),
    },
    problems: [
      problem('FOLDER_MISSING', 'lost-folders', 'lost-folders.ts', /views: '\.\/views'/),
      problem('FOLDER_MISSING', 'lost-folders', 'lost-folders.ts', /assets: '\.\/assets'/),
      problem('VIEW_MISSING', 'pages', 'pages/index.ts', /Add about\.eta/),
      problem('VIEW_MISSING', 'pages', 'pages/views/home.eta', /Add \.\/frame\.eta/, { line: 1 }),
      problem('ASSET_MISSING', 'pages', 'pages/views/home.eta', /Add logo\.png/, { line: 3, ...warning }),
    ],
  },
  'a plugin that nobody has described': {
    files: {
      'silent/index.ts': `${head}
@Plugin({ name: 'silent' }) // UNDOCUMENTED
export class ThePlugin {}`,
    },
    problems: [problem('UNDOCUMENTED', 'silent', 'silent/index.ts', /description: '…'/, warning)],
  },
  'exports, decorations and grants': {
    files: {
      'unbound.ts': plugin('unbound', {
        more: `class Ghost {}`,
        options: 'exports: [Ghost], // EXPORT_NOT_BOUND',
      }),
      'taker.ts': plugin('taker', {
        more: `import { Clock } from './healthy/contract.ts';
class MyClock extends Clock { now() { return 2; } }`,
        options: `services: [[Clock, MyClock]],
  exports: [Clock], // EXPORT_TAKEN`,
      }),
      'wrapper.ts': plugin('wrapper', {
        more: `@injectable() class Wrapped { constructor(readonly log: Logger) {} }`,
        options: `decorates: [[Logger, Wrapped]], // NOT_DECORABLE`,
        body: `constructor(
    readonly control: HostControl, // NOT_GRANTED
  ) {}`,
      }),
      'no-service.ts': plugin('no-service', {
        options: `services: [{} as never], // INVALID_SERVICE`,
      }),
    },
    problems: [
      problem('EXPORT_NOT_BOUND', 'unbound', 'unbound.ts', /Bind it/),
      problem('EXPORT_TAKEN', 'taker', 'taker.ts', /Remove Clock from the exports/),
      problem('NOT_DECORABLE', 'wrapper', 'wrapper.ts', /contributes/),
      problem('NOT_GRANTED', 'wrapper', 'wrapper.ts', /grants: \['control'\]/),
      problem('INVALID_SERVICE', 'no-service', 'no-service.ts', /ContainerModule/),
    ],
  },
  'a plugin that needs a disabled one': {
    files: {
      'off/README.md': '# Off',
      'off/contract.ts': 'export abstract class Off {}',
      'off/index.ts': plugin('off', {
        more: `import { Off } from './contract.ts';\nclass MyOff extends Off {}`,
        options: 'services: [[Off, MyOff]], exports: [Off],',
      }),
      'waiting.ts': plugin('waiting', {
        more: `import { Off } from './off/contract.ts';`,
        body: `constructor(
    readonly off: Off, // DEPENDENCY_NOT_RUNNING
  ) {}`,
      }),
    },
    problems: [problem('DEPENDENCY_NOT_RUNNING', 'waiting', 'waiting.ts', /enabled: false/)],
  },
  'manifests that are wrong': {
    files: {
      'BadName.ts': `${head}
@Plugin({
  name: 'BadName', // INVALID_NAME
})
export class ThePlugin {}`,
      'bad-version.ts': plugin('bad-version', { options: `version: 'one', // INVALID_VERSION` }),
      'bad-range.ts': plugin('bad-range', { options: `requires: { healthy: 'new' }, // INVALID_RANGE` }),
      'bad-option.ts': plugin('bad-option', { options: `prefix: 7 as never, // INVALID_OPTION` }),
      'new-option.ts': plugin('new-option', { options: `controlers: [], // UNKNOWN_OPTION` }),
      'bad-package/package.json': '{ "name": bad-package }',
      'bad-package/index.ts': plugin('bad-package', {}),
      'twin-a.ts': plugin('twin', {}),
      'twin-b.ts': plugin('twin', { controller: `JsonController('/twin-b')` }).replace(
        `name: 'twin', description: 'for the check',`,
        `description: 'for the check',\n  name: 'twin', // DUPLICATE_NAME`,
      ),
    },
    problems: [
      problem('INVALID_NAME', 'BadName', 'BadName.ts', /name: 'bad-name'/),
      problem('INVALID_VERSION', 'bad-version', 'bad-version.ts', /version: '1\.0\.0'/),
      problem('INVALID_RANGE', 'bad-range', 'bad-range.ts', /healthy': '\^1\.2\.0'/),
      problem('INVALID_OPTION', 'bad-option', 'bad-option.ts', /Make "prefix" a string/),
      problem('UNKNOWN_OPTION', 'new-option', 'new-option.ts', /Did you mean "controllers"/),
      problem('BUNDLE_FAILED', 'bad-package', 'bad-package/index.ts', /Correct/, { line: 0 }),
      problem('DUPLICATE_NAME', 'twin', 'twin-b.ts', /twin-2/),
    ],
  },
  'sources that can not be loaded': {
    files: {
      'bad-syntax/index.ts': `export const fine = 1;\nexport class { // SYNTAX_ERROR`,
      'lost-file.ts': `import './gone.js'; // MISSING_FILE`,
      'lost-package.ts': `import 'package-that-nobody-has'; // MISSING_PACKAGE`,
      'throws.ts': `\nthrow new TypeError('no licence'); // EVALUATION_FAILED`,
      'awaits.ts': `export const x = 1;\nawait 1; // TOP_LEVEL_AWAIT`,
      'no-plugin.ts': `export const answer = 42; // NO_PLUGIN`,
      'two-plugins.ts': `${head}@Plugin({ name: 'one' }) export class One {}\n@Plugin({ name: 'two' }) export class Two {}`,
      'no-entry/notes.txt': 'nothing here',
    },
    problems: [
      problem('SYNTAX_ERROR', 'bad-syntax', 'bad-syntax/index.ts', /Correct the text/),
      problem('MISSING_FILE', 'lost-file', 'lost-file.ts', /Create the file/),
      problem('MISSING_PACKAGE', 'lost-package', 'lost-package.ts', /npm i package-that-nobody-has/),
      problem('EVALUATION_FAILED', 'throws', 'throws.ts', /onStart\(\)/),
      problem('TOP_LEVEL_AWAIT', 'awaits', 'awaits.ts', /onStart\(\)/),
      problem('NO_PLUGIN', 'no-plugin', 'no-plugin.ts', /@Plugin\(\{ name: 'no-plugin' \}\)/, { line: 0 }),
      problem('TWO_PLUGINS', 'two-plugins', 'two-plugins.ts', /folder of its own/, { line: 0 }),
      problem('NO_ENTRY', 'no-entry', 'no-entry', /index\.ts/, { line: 0 }),
    ],
  },
  'parameters of actions': {
    files: {
      'params/README.md': '# Params',
      'params/orders.ts': `import { IsInt } from 'class-validator';
export class Order { @IsInt() count!: number }
export interface Hint { text: string }
export type Level = 'low' | 'high';`,
      'params/index.ts': plugin('params', {
        more: `import { IsInt, ValidateNested } from 'class-validator';
import { Order } from './orders.ts';
import type { Hint, Level } from './orders.ts';
class Line { @IsInt() amount!: number }
class Cart {
  @ValidateNested({ each: true }) lines!: Line[]; // NESTED_TYPE_MISSING
}
class Loose { note!: string }`,
        body: `@Get('/items/:id')
  one(
    @Param('ident') id: string, // PARAM_NOT_IN_ROUTE
    @Param('id') level: Level,
  ) { return [id, level]; }
  @Post('/many')
  many(
    @Body() orders: Order[], // PARAMETER_TYPE_LOST
  ) { return orders; }
  @Post('/maybe')
  maybe(
    @Body() order: Order | undefined, // PARAMETER_TYPE_LOST
  ) { return order ?? null; }
  @Post('/fine') fine(@Body({ type: Order }) orders: Order[], @Body({ validate: false }) loose: Loose) { return [orders, loose]; }
  @Post('/hint') hint(@Body() hint: Hint) { return hint; }
  @Post('/hints') hints(@Body() hints: Hint[]) { return hints; }
  @Post('/cart') cart(@Body() cart: Cart) { return cart; }
  @Post('/loose')
  loose(
    @Body() loose: Loose, // UNVALIDATED_CLASS
  ) { return loose; }`,
      }),
    },
    problems: [
      problem('PARAM_NOT_IN_ROUTE', 'params', 'params/index.ts', /Did you mean @Param\('id'\)/, warning),
      problem(
        'PARAMETER_TYPE_LOST',
        'params',
        'params/index.ts',
        /@Body\(\{ type: Order \}\) orders: Order\[\]/,
      ),
      problem(
        'PARAMETER_TYPE_LOST',
        'params',
        'params/index.ts',
        /@Body\(\{ type: Order \}\) order: Order \| undefined/,
      ),
      problem('NESTED_TYPE_MISSING', 'params', 'params/index.ts', /@Type\(\(\) => TheClass\) lines/, warning),
      problem('UNVALIDATED_CLASS', 'params', 'params/index.ts', /class Loose \{ @IsString\(\)/, warning),
    ],
  },
  'what stands around actions': {
    files: {
      'around.ts': plugin('around', {
        more: `import { Authorized, CurrentUser, UseBefore, UseInterceptor } from 'routing-controllers';
class Timing { used() {} }
class Wrapping { wrap() {} }
class Known { use(_request: object, _response: object, next: () => void) { next(); } }`,
        options: `  middlewares: [Timing, Known], // NOT_SERVING
  interceptors: [Wrapping], // NOT_SERVING`,
        body: `@Authorized('admin')
  @Get('/guarded')
  guarded() { return 1; } // CHECKER_MISSING
  @Get('/mine')
  mine(@CurrentUser() user: unknown) { return user; } // CHECKER_MISSING
  @UseBefore(Timing, Known)
  @Get('/timed')
  timed() { return 1; } // NOT_SERVING`,
      }),
    },
    problems: [
      problem('NOT_SERVING', 'around', 'around.ts', /use\(request: Request/),
      problem('NOT_SERVING', 'around', 'around.ts', /intercept\(action: Action/),
      problem('NOT_SERVING', 'around', 'around.ts', /in Timing; a method/),
      problem('CHECKER_MISSING', 'around', 'around.ts', /createHost\(\{ authorizationChecker/),
      problem('CHECKER_MISSING', 'around', 'around.ts', /createHost\(\{ currentUserChecker/),
    ],
  },
  'names that are almost right': {
    files: {
      'almost.ts': plugin('almost', {
        more: `const Menu = extensionPoint<string>('checking.page-menus');
const Nowhere = extensionPoint<string>('nobody.at-all');
@injectable() class Cache {
  onstop() {} // HOOK_MISSPELT
}`,
        options: `services: [Cache],
  contributes: [[Menu, 'home'], [Nowhere, 'x']], // EXTENSION_POINT_MISSPELT`,
        body: `constructor(readonly cache: Cache) {}
  onStart() {}
  OnStart() {} // HOOK_MISSPELT
  onStarted() {}
  @Get('/onstart') onSTART() { return 1; }`,
      }),
      'reader.ts': plugin('reader', {
        more: `import type { Extensions } from 'plugboard';
const Menu = extensionPoint<string>('checking.page-menu');`,
        body: 'constructor(@inject(Menu) readonly menu: Extensions<string>) {}',
      }),
    },
    problems: [
      problem('HOOK_MISSPELT', 'almost', 'almost.ts', /async onStop\(\)/, warning),
      problem('HOOK_MISSPELT', 'almost', 'almost.ts', /async onStart\(\)/, warning),
      problem(
        'EXTENSION_POINT_MISSPELT',
        'almost',
        'almost.ts',
        /Did you mean "checking.page-menu"/,
        warning,
      ),
    ],
  },
  'fields that come before what they are made of': {
    files: {
      'early/README.md': '# Early',
      'early/tsconfig.json': `{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, "target": "es2024" } }`,
      'early/index.ts': plugin('early', {
        body: `name = this.log.constructor.name; // FIELD_BEFORE_PARAMETER
  later = () => this.log;
  constructor(readonly log: Logger) {}`,
      }),
      'older/README.md': '# Older',
      'older/tsconfig.json': `{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, "target": "es2020" } }`,
      'older/index.ts': plugin('older', {
        body: `name = this.log.constructor.name;\n  constructor(readonly log: Logger) {}`,
      }),
    },
    problems: [problem('FIELD_BEFORE_PARAMETER', 'early', 'early/index.ts', /this\.name = …/)],
  },
  'a manifest with many faults': {
    files: {
      'faults.ts': `${head}
@Plugin({
  name: 'Faults', // INVALID_NAME
  version: 'one', // INVALID_VERSION
  requires: { healthy: 'new' }, // INVALID_RANGE
  critical: 'yes', // INVALID_OPTION
  views: 7, // INVALID_OPTION
  prefx: '/faults', // UNKNOWN_OPTION
  timeouts: { start: 5 }, // UNKNOWN_OPTION
} as never)
export class ThePlugin {}`,
      'uncalled/README.md': '# Uncalled',
      'uncalled/index.ts': `import { Plugin } from 'plugboard';
@Plugin // INVALID_NAME
export class ThePlugin {}`,
    },
    problems: [
      problem('INVALID_NAME', 'faults', 'faults.ts', /name: 'faults'/),
      problem('INVALID_VERSION', 'faults', 'faults.ts', /version: '1\.0\.0'/),
      problem('INVALID_RANGE', 'faults', 'faults.ts', /healthy/),
      problem('INVALID_OPTION', 'faults', 'faults.ts', /critical/),
      problem('INVALID_OPTION', 'faults', 'faults.ts', /views/),
      problem('UNKNOWN_OPTION', 'faults', 'faults.ts', /Did you mean "prefix"/),
      problem('UNKNOWN_OPTION', 'faults', 'faults.ts', /startMs/),
      problem('INVALID_NAME', 'uncalled', 'uncalled/index.ts', /@Plugin\(\{ name: 'uncalled' \}\)/),
    ],
  },
  'Node and TypeScript that do not fit': {
    files: {
      'old-node/README.md': '# Old',
      'old-node/package.json': '{\n  "name": "old-node",\n  "engines": { "node": ">=99" }\n}',
      'old-node/index.ts': plugin('old-node', {}),
      'no-metadata/README.md': '# No metadata',
      'no-metadata/tsconfig.base.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
      'no-metadata/tsconfig.json': `{
  // What a comment says is no setting.
  "extends": "./tsconfig.base.json",
  "compilerOptions": {
    "strict": true,
    "emitDecoratorMetadata": false,
  },
}`,
      'no-metadata/index.ts': plugin('no-metadata', {}),
    },
    problems: [
      problem('WRONG_NODE', 'old-node', 'old-node/package.json', /nvm install 99;/, { line: 3 }),
      problem(
        'WRONG_TYPESCRIPT',
        'no-metadata',
        'no-metadata/tsconfig.json',
        /"emitDecoratorMetadata": true/,
        {
          line: 6,
          ...warning,
        },
      ),
    ],
  },
  'what the app says of its plugins': {
    files: {},
    problems: [
      { code: 'UNKNOWN_SETTINGS', fix: /Did you mean 'healthy'/, ...warning },
      { code: 'UNREAD_SETTING', fix: /PLUGBOARD_CONFIGURED_PROT/, ...warning },
      { code: 'UNREAD_SETTING', fix: /PLUGBOARD_NOBODY_PORT/, ...warning },
      { code: 'SOURCE_NOT_FOUND', plugin: 'gone', fix: /A relative path starts/ },
      { code: 'PACKAGE_NOT_FOUND', plugin: 'plugin-that-nobody-has', fix: /npm i plugin-that-nobody-has/ },
    ],
  },
};

/** What the app says, beside the folder of plugins. */
export const appOptions = {
  plugins: ['./gone', 'plugin-that-nobody-has'],
  environment: { PLUGBOARD_CONFIGURED_PROT: '80', PLUGBOARD_NOBODY_PORT: '80' },
  settings: { configured: { config: { port: 'high' } }, off: { enabled: false }, helthy: { enabled: true } },
};
