import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { inject, injectable, multiInject, optional } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import {
  extensionPoint,
  HostControl,
  Logger,
  Plugin,
  type Class,
  type Extensions,
  type PluginError,
} from 'plugboard';
import { deferred } from '../support/deferred.ts';
import { closeHosts, happens, serve, statusOf } from './hosting.ts';

interface MenuItem {
  readonly title: string;
}
const MenuItems = extensionPoint<MenuItem>('test.menu');

const heard: string[] = [];

@Plugin({ name: 'site' })
@JsonController('/menu')
class Site {
  constructor(@inject(MenuItems) private readonly items: Extensions<MenuItem>) {
    items.on('added', ({ plugin, value }) => heard.push(`+${plugin}:${value.title}`));
    items.on('removed', ({ plugin, value }) => heard.push(`-${plugin}:${value.title}`));
  }
  @Get() menu(): string[] {
    return [...this.items].map(({ plugin, value }) => `${plugin}:${value.title}`);
  }
}

function contributor(name: string, ...titles: string[]): Class {
  @Plugin({ name, contributes: titles.map((title) => [MenuItems, { title }] as const) })
  class Contributor {}
  return Contributor;
}

describe('an extension point', () => {
  beforeEach(() => {
    heard.length = 0;
  });
  afterEach(closeHosts);

  it('gives all that plugins contribute, in their order, each with its plugin', async () => {
    const { host, request } = await serve({
      plugins: [contributor('a', 'one', 'two'), Site, contributor('b', 'three')],
    });
    await request.get('/menu').expect(200, ['a:one', 'a:two', 'b:three']);
    deepEqual(
      host.get(MenuItems).values.map(({ title }) => title),
      ['one', 'two', 'three'],
    );
  });

  it('is there where nobody contributes', async () => {
    const { request } = await serve({ plugins: [Site] });
    await request.get('/menu').expect(200, []);
  });

  it('follows plugins that come, change and go, and tells of it, while who injects it goes on', async () => {
    const { host, request } = await serve({ plugins: [Site, contributor('a', 'one')] });
    await host.load(contributor('b', 'two'));
    await request.get('/menu').expect(200, ['a:one', 'b:two']);
    await host.load(contributor('a', 'uno'));
    await request.get('/menu').expect(200, ['a:uno', 'b:two']);
    await host.unload('b');
    await request.get('/menu').expect(200, ['a:uno']);
    deepEqual(heard, ['+a:one', '+b:two', '-a:one', '+a:uno', '-b:two']);
    equal(statusOf(host, 'site').generation, 1);
  });

  it('takes classes, of which the contributor makes the one instance, with its own services', async () => {
    class Title {
      readonly text = 'from a service';
    }
    @injectable()
    class Item implements MenuItem {
      readonly title: string;
      constructor(title: Title) {
        this.title = title.text;
      }
    }
    @Plugin({ name: 'maker', services: [Title], contributes: [[MenuItems, Item]] })
    class Maker {}
    const { request } = await serve({ plugins: [Site, Maker] });
    await request.get('/menu').expect(200, ['maker:from a service']);
  });

  it('tells nothing more to a generation that has been replaced', async () => {
    const { host } = await serve({ plugins: [Site] });
    await host.reload('site');
    await host.load(contributor('a', 'one'));
    deepEqual(heard, ['+a:one']);
  });

  for (const [how, fail] of [
    [
      'throws',
      (): void => {
        throw new Error('clumsy');
      },
    ],
    ['rejects', async (): Promise<void> => Promise.reject(new Error('clumsy'))],
  ] as const) {
    it(`is not disturbed by a listener that ${how}: that is a failure of the plugin that listens`, async () => {
      @Plugin({ name: 'clumsy', supervise: { intensity: 0 } })
      class Clumsy {
        constructor(@inject(MenuItems) items: Extensions<MenuItem>) {
          items.on('added', fail);
        }
      }
      const { host, request, logs } = await serve({ plugins: [Clumsy, Site] });
      const failures: string[] = [];
      host.on('plugin:failure', ({ plugin, phase, error }) =>
        failures.push(`${plugin}: ${phase}: ${error.code}`),
      );
      const quarantined = happens(host, 'plugin:quarantined');
      equal((await host.load(contributor('a', 'one'))).state, 'running');
      deepEqual(failures, ['clumsy: run: LISTENER_FAILED']);
      await request.get('/menu').expect(200, ['a:one']);
      match(
        logs.find(({ plugin }) => plugin === 'clumsy')?.message ?? '',
        /listener of "clumsy" on .*"test\.menu" failed: clumsy/,
      );
      await quarantined;
      equal(statusOf(host, 'site').state, 'running');
    });
  }

  it('tells nothing to a generation that has not come to run', async () => {
    @Plugin({ name: 'failing' })
    class Failing {
      constructor(@inject(MenuItems) items: Extensions<MenuItem>) {
        items.on('added', ({ value }) => heard.push(value.title));
      }
      onStart(): void {
        throw new Error('no disk');
      }
    }
    const { host } = await serve({ plugins: [Failing] });
    await host.load(contributor('a', 'one'));
    deepEqual(heard, []);
  });

  it('calls a listener as the plugin that listens: what it starts is that one’s', async () => {
    const timer = deferred();
    @Plugin({ name: 'clumsy' })
    class Clumsy {
      constructor(@inject(MenuItems) items: Extensions<MenuItem>) {
        items.on('added', () => setTimeout(() => Promise.reject(new Error('later')).finally(timer.resolve)));
      }
    }
    const { host } = await serve({ plugins: [Clumsy] });
    const failed = happens(host, 'plugin:failure');
    await host.load(contributor('a', 'one'));
    await timer.promise;
    const { plugin, error } = await failed;
    deepEqual([plugin, error.code], ['clumsy', 'ESCAPED_ERROR']);
  });

  it('charges nobody for a listener of an old generation', async () => {
    const entered = deferred();
    const left = deferred();
    @Plugin({ name: 'clumsy' })
    @JsonController('/clumsy')
    class Clumsy {
      constructor(@inject(MenuItems) items: Extensions<MenuItem>) {
        items.on('added', () => {
          throw new Error('clumsy');
        });
      }
      @Get() async answer(): Promise<string> {
        entered.resolve();
        await left.promise;
        return 'at last';
      }
    }
    @Plugin({ name: 'clumsy' })
    class Careful {}
    const { host, request } = await serve({ plugins: [Clumsy] });
    const answer = request.get('/clumsy').then(({ body }) => body as string);
    await entered.promise;
    const running = happens(host, 'plugin:running');
    const loaded = host.load(Careful);
    await running;
    const failed = happens(host, 'plugin:failure');
    await host.load(contributor('a', 'one'));
    equal((await failed).generation, 1);
    const { generation, failure } = statusOf(host, 'clumsy');
    deepEqual([generation, failure], [2, undefined]);
    left.resolve();
    equal(await answer, 'at last');
    await loaded;
  });

  it('tells the app’s own listeners, whatever one of them comes to', async () => {
    const { host, logs } = await serve({ plugins: [] });
    const titles: string[] = [];
    host.get(MenuItems).on('added', () => {
      throw new Error('clumsy');
    });
    host.get(MenuItems).on('added', ({ value }) => titles.push(value.title));
    equal((await host.load(contributor('a', 'one'))).state, 'running');
    deepEqual(titles, ['one']);
    match(logs.find(({ level }) => level === 'error')?.message ?? '', /listener of the app .*test\.menu/);
  });

  it('is not for @multiInject, which says what to write', async () => {
    @Plugin({ name: 'many' })
    class Many {
      constructor(@multiInject(MenuItems) readonly items: MenuItem[]) {}
    }
    const { host } = await serve({ plugins: [Many] });
    const { failure } = statusOf(host, 'many');
    equal(failure?.code, 'MULTI_EXTENSION');
    match(failure?.fix ?? '', /@inject\(Point\).*Extensions<T>/);
  });
});

abstract class Greeter {
  abstract greet(name: string): string;
}
class PlainGreeter extends Greeter {
  greet(name: string): string {
    return `Hello ${name}`;
  }
}
@Plugin({ name: 'greeter', services: [[Greeter, PlainGreeter]], exports: [Greeter] })
@JsonController('/own')
class GreeterPlugin {
  constructor(private readonly greeter: Greeter) {}
  @Get() greet(): string {
    return this.greeter.greet('me');
  }
}
@Plugin({ name: 'user' })
@JsonController('/greet')
class User {
  constructor(private readonly greeter: Greeter) {}
  @Get() greet(): string {
    return this.greeter.greet('you');
  }
}

function decorator(name: string, mark: string, fault?: Error): Class {
  @injectable()
  class Wrapper extends Greeter {
    constructor(@inject(Greeter) private readonly inner: Greeter) {
      super();
      if (fault) throw fault;
    }
    greet(who: string): string {
      return mark + this.inner.greet(who) + mark;
    }
  }
  @Plugin({ name, decorates: [[Greeter, Wrapper]] })
  class DecoratorPlugin {}
  return DecoratorPlugin;
}

describe('a plugin that decorates', () => {
  afterEach(closeHosts);

  it('wraps the service of another for all but its owner; who came last is outermost', async () => {
    const { host, request } = await serve({
      plugins: [User, decorator('stars', '*'), decorator('bars', '|'), GreeterPlugin],
    });
    await request.get('/greet').expect(200, '"|*Hello you*|"');
    await request.get('/own').expect(200, '"Hello me"');
    equal(host.get(Greeter).greet('all'), '|*Hello all*|');
  });

  it('has those built anew that use the service when it comes, changes and goes', async () => {
    const { host, request } = await serve({ plugins: [GreeterPlugin, User] });
    await host.load(decorator('stars', '*'));
    await host.load(decorator('bars', '|'));
    await request.get('/greet').expect(200, '"|*Hello you*|"');
    await host.load(decorator('stars', '+'));
    await request.get('/greet').expect(200, '"|+Hello you+|"');
    await host.unload('stars');
    await request.get('/greet').expect(200, '"|Hello you|"');
    await host.unload('bars');
    await request.get('/greet').expect(200, '"Hello you"');
    equal(statusOf(host, 'greeter').generation, 1);
  });

  it('leaves what it would wrap in place where it fails', async () => {
    const { host, request } = await serve({
      plugins: [GreeterPlugin, User, decorator('stars', '*'), decorator('bars', '|', new Error('no ink'))],
    });
    equal(statusOf(host, 'bars').state, 'failed');
    await request.get('/greet').expect(200, '"*Hello you*"');
  });

  it('wraps a service of the host as well', async () => {
    const { request } = await serve({
      plugins: [User, decorator('stars', '*')],
      services: [[Greeter, PlainGreeter]],
    });
    await request.get('/greet').expect(200, '"*Hello you*"');
  });

  it('fails where nobody offers the service, or where it is a view of Plugboard', async () => {
    @injectable()
    class Quiet {
      constructor(@inject(Logger) readonly inner: Logger) {}
    }
    @Plugin({ name: 'quiet', decorates: [[Logger, Quiet]] })
    class QuietPlugin {}
    const { host } = await serve({ plugins: [decorator('stars', '*'), QuietPlugin] });
    equal(statusOf(host, 'stars').failure?.code, 'MISSING_IMPORT');
    equal(statusOf(host, 'quiet').failure?.code, 'NOT_DECORABLE');
  });
});

describe('HostControl', () => {
  afterEach(closeHosts);

  @Plugin({ name: 'operator' })
  @JsonController('/operator')
  class Operator {
    constructor(@inject(HostControl) private readonly control: HostControl) {}
    @Get('/reload') async reload(): Promise<object> {
      const { generation, state } = await this.control.reload('greeter');
      return { generation, state };
    }
    @Get('/unload') async unload(): Promise<string> {
      return (await this.control.unload('greeter')).state;
    }
    @Get('/reload-self') async reloadSelf(): Promise<object> {
      const { generation, state } = await this.control.reload('operator');
      return { generation, state };
    }
  }

  it('is for those that the app has granted it', async () => {
    const { host, request } = await serve({
      plugins: [Operator, GreeterPlugin],
      settings: { operator: { grants: ['control'] } },
    });
    await request.get('/operator/reload').expect(200, { generation: 2, state: 'running' });
    await request.get('/operator/unload').expect(200, '"stopped"');
    equal(statusOf(host, 'greeter').state, 'stopped');
  });

  it('may replace the plugin that asks for it, which answers all the same', async () => {
    const { host, request } = await serve({
      plugins: [Operator],
      settings: { operator: { grants: ['control'] } },
    });
    await request.get('/operator/reload-self').expect(200, { generation: 2, state: 'running' });
    equal(statusOf(host, 'operator').generation, 2);
  });

  it('is refused to a generation that has been replaced, and still answers or stops', async () => {
    const refused: (string | undefined)[] = [];
    @Plugin({ name: 'former' })
    @JsonController('/former')
    class Former {
      constructor(@inject(HostControl) private readonly control: HostControl) {}
      async #tryAgain(): Promise<void> {
        await this.control.reload('former').catch(({ code }: PluginError) => refused.push(code));
      }
      @Get() async twice(): Promise<string> {
        await this.control.reload('former');
        await this.#tryAgain();
        return 'answered';
      }
      async onStop(): Promise<void> {
        if (refused.length < 2) await this.#tryAgain();
      }
    }
    const { host, request } = await serve({
      plugins: [Former],
      settings: { former: { grants: ['control'] } },
    });
    await request.get('/former').expect(200, '"answered"');
    await host.reload('former');
    deepEqual(refused, ['CONTROL_TOO_LATE', 'CONTROL_TOO_LATE']);
    equal(statusOf(host, 'former').generation, 3);
  });

  it('is refused to all others, with the line to write', async () => {
    const { host } = await serve({ plugins: [Operator] });
    const { state, failure } = statusOf(host, 'operator');
    deepEqual([state, failure?.code], ['failed', 'NOT_GRANTED']);
    match(failure?.fix ?? '', /settings: \{ 'operator': \{ grants: \['control'\] \} \}/);
  });

  it('is undefined for who can do without', async () => {
    @Plugin({ name: 'modest' })
    @JsonController('/modest')
    class Modest {
      constructor(@inject(HostControl) @optional() private readonly control?: HostControl) {}
      @Get() has(): boolean {
        return this.control !== undefined;
      }
    }
    const { request } = await serve({ plugins: [Modest] });
    await request.get('/modest').expect(200, 'false');
  });

  it('says that the host is closed when it is', async () => {
    const late: Promise<void>[] = [];
    let control: HostControl | undefined;
    @Plugin({ name: 'clinging' })
    class Clinging {
      constructor(@inject(HostControl) own: HostControl) {
        control = own;
      }
      onStop(): void {
        late.push(rejects(async () => control?.reload('clinging'), { code: 'HOST_CLOSED' }));
      }
    }
    const { host } = await serve({ plugins: [Clinging], settings: { clinging: { grants: ['control'] } } });
    await host.close();
    equal(late.length, 1);
    await Promise.all(late);
    await rejects(async () => control?.load(Clinging), { code: 'HOST_CLOSED' });
  });

  it('does not wait in onStart for what waits for onStart', async () => {
    let refused: Promise<void> | undefined;
    @Plugin({ name: 'hasty' })
    class Hasty {
      constructor(@inject(HostControl) private readonly control: HostControl) {}
      onStart(): void {
        refused = rejects(this.control.reload('hasty'), { code: 'CONTROL_TOO_EARLY' });
      }
    }
    await serve({ plugins: [Hasty], settings: { hasty: { grants: ['control'] } } });
    await refused;
  });
});
