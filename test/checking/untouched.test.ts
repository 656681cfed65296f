import { deepEqual, equal } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { closeHosts, folderWith, quietHost, removeFolders } from '../host/hosting.ts';

const key = Symbol.for('checking:done');
const shared = globalThis as unknown as Record<symbol, string[]>;

const busy = `import { ContainerModule, inject, injectable, postConstruct } from 'inversify';
import { IsInt } from 'class-validator';
import { Get, Interceptor, JsonController, Middleware, Param, UseBefore } from 'routing-controllers';
import type { Extensions } from 'plugboard';
import { Plugin, extensionPoint, token } from 'plugboard';
const done = (what: string): void => void globalThis[Symbol.for('checking:done')].push(what);
done('module');
const Rates = token<number>('untouched.rates');
const Made = token<object>('untouched.made');
const Menu = extensionPoint<object>('untouched.menu');
abstract class Clock {}
class Config { @IsInt() every = 1; constructor() { done('config'); } }
@injectable() class Store {
  static count = 0;
  field = done('field');
  constructor() { done('constructor'); }
  @postConstruct() begin() { done('postConstruct'); }
  onStart() { done('onStart of a service'); }
  onStop() { done('onStop of a service'); }
}
@injectable('Request') class Visit { constructor() { done('request'); } }
@injectable() class Wrapper extends Clock { constructor(@inject(Clock) inner: Clock) { super(); done('wrapper'); } }
@injectable() class Item { constructor() { done('contribution'); } }
@Middleware({ type: 'before' }) @injectable() class Guard { constructor() { done('middleware'); } use(_a: object, _b: object, next: () => void) { next(); } }
@injectable() class Wrap { constructor() { done('interceptor'); } intercept() { done('intercept'); } }
class MyClock extends Clock { constructor() { super(); done('clock'); } }
@JsonController('/more') @injectable('Request') class More { constructor(readonly visit: Visit) { done('controller'); } @UseBefore(Guard) @Get('/:id') one(@Param('id') id: string) { done('action'); return id; } }
const values = new ContainerModule(({ bind }) => {
  done('container module');
  bind(Rates).toDynamicValue(() => { done('dynamic value'); return 1; });
  bind(Made).toFactory(() => { done('factory'); return () => done('made'); });
  bind(Clock).to(MyClock).onActivation((_context, clock) => { done('activation'); return clock; });
});
@Plugin({
  name: 'busy', description: 'does much', config: Config, services: [values, Store, Visit], controllers: [More],
  middlewares: [Guard], interceptors: [Wrap], contributes: [[Menu, Item]], exports: [Clock],
})
@JsonController('/busy')
export class Busy {
  constructor(
    readonly store: Store, readonly config: Config, @inject(Rates) readonly rates: number, @inject(Made) readonly made: object,
    @inject(Menu) readonly menu: Extensions<object>,
  ) { done('plugin'); }
  @postConstruct() begin() { done('postConstruct of the plugin'); }
  onStart() { done('onStart'); }
  onStop() { done('onStop'); }
  @Get('/') answer() { done('action'); return 1; }
}
`;

describe('a check of plugins that are well', () => {
  after(closeHosts);

  for (const folder of ['plugins', 'examples/write-a-plugin/plugins']) {
    it(`finds nothing in ${folder}`, async () => {
      const plugins = [fileURLToPath(new URL(`../../${folder}`, import.meta.url))];
      deepEqual(await quietHost({ plugins }).check(), []);
    });
  }
});

describe('a check of a plugin that does something wherever it can', () => {
  before(() => (shared[key] = []));
  after(closeHosts);
  after(removeFolders);
  after(() => delete (shared as Partial<typeof shared>)[key]);

  it('evaluates its modules once, asks a ContainerModule what it binds, and makes the configuration, and nothing else', async () => {
    const folder = await folderWith({ 'busy.ts': busy });
    const host = quietHost({ plugins: [folder] });
    deepEqual(await host.check(), []);
    const doings = new Set(shared[key]);
    deepEqual([...doings].sort(), ['config', 'container module', 'module']);
    equal(shared[key]?.filter((what) => what === 'module').length, 1);
    await host.start();
    // The fixture is one that does all that when it is started.
    equal(
      [
        'constructor',
        'postConstruct',
        'dynamic value',
        'factory',
        'onStart',
        'plugin',
        'middleware',
        'interceptor',
        'contribution',
      ].every((what) => shared[key]?.includes(what)),
      true,
    );
  });
});
