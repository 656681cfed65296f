import {
  pluginOptions,
  tokenName,
  type Class,
  type ExtensionPoint,
  type HostOptions,
  type Token,
} from 'plugboard';
import type { MockOf } from './mocks.ts';
import { partialMock } from './partial-mock.ts';
import { TestSetup } from './test-setup.ts';
import { createHostTestBed, createTestBed, type HostTestBed, type TestBed } from './test-bed.ts';

/** What a test puts in place of services; each call returns the builder. */
abstract class TestBuilder {
  protected readonly setup: TestSetup;

  constructor(options: HostOptions) {
    this.setup = new TestSetup(options);
  }

  /**
   * Puts `partial` in place of an import or of one of the plugin's own services.
   * What is not in it throws on use, with its name; a function that you pass, a stub say, is used as it is.
   */
  mock<T>(token: Token<T>, partial: MockOf<NoInfer<T>>): this {
    this.setup.given.set(token, partialMock(tokenName(token), partial));
    return this;
  }

  /** Puts `value` in place of an import or of one of the plugin's own services, as it is. */
  provide<T>(token: Token<T>, value: NoInfer<T>): this {
    this.setup.given.set(token, value);
    return this;
  }

  /**
   * Adds `value`, or the one instance of a class, to an extension point, as another plugin would: one that is named
   * `test-contributions`, and that `bed.host.unload()` takes away.
   */
  contribute<T>(point: ExtensionPoint<T>, value: NoInfer<T> | Class<NoInfer<T> & object>): this {
    this.setup.contributed.push([point, value]);
    return this;
  }

  /**
   * Every import that nobody gives, optional ones too, becomes a recording mock: whatever is called of it notes its
   * `calls` and returns `undefined`, or what `returns(value)` says. Built-in services stay what they are.
   */
  autoMock(): this {
    this.setup.mocksAll = true;
    return this;
  }
}

export class PluginTestBuilder<P extends object> extends TestBuilder {
  readonly #plugin: Class<P>;
  readonly #name: string;

  constructor(plugin: Class<P>, options: Partial<HostOptions>) {
    super({ ...options, plugins: [plugin, ...(options.plugins ?? [])] });
    const name = pluginOptions(plugin)?.name;
    if (name === undefined) {
      throw new TypeError(`${tokenName(plugin)} is not a plugin: put @Plugin({ name: '…' }) on the class.`);
    }
    this.#plugin = plugin;
    this.#name = name;
    // Settings that are shared with an app may have it off.
    this.setup.configure(name, { enabled: true });
  }

  /** Values for the plugin's `config` class. */
  config(values: object): this {
    this.setup.configure(this.#name, { config: values });
    return this;
  }

  /**
   * Starts the plugin. Each call starts one of its own.
   *
   * @throws PluginError what kept it from running, MISSING_IMPORT with every import that was not given and the lines to
   * add, UNUSED_MOCK for a mock or a contribution that
   * nothing asks for
   */
  async start(): Promise<TestBed<P>> {
    return createTestBed(await this.setup.start(), this.#plugin, this.#name);
  }
}

export class HostTestBuilder extends TestBuilder {
  /** Values for the `config` class of one of the plugins. */
  config(plugin: string, values: object): this {
    this.setup.configure(plugin, { config: values });
    return this;
  }

  /** Starts the plugins. Rejects as the builder of one plugin does, for any of them. */
  async start(): Promise<HostTestBed> {
    return createHostTestBed(await this.setup.start());
  }
}

/**
 * Tests one plugin alone, with stand-ins for what it imports.
 *
 * @example
 * const bed = await testPlugin(GreeterPlugin).mock(Clock, { now: () => '12:00' }).start();
 * await bed.request.get('/greet/ada').expect(200);
 * await bed.close();
 */
export function testPlugin<P extends object>(
  plugin: Class<P>,
  options: Partial<HostOptions> = {},
): PluginTestBuilder<P> {
  return new PluginTestBuilder(plugin, options);
}

/** Tests several plugins together; stand-ins act on all of them. */
export function testHost(
  plugins: NonNullable<HostOptions['plugins']>,
  options: Partial<HostOptions> = {},
): HostTestBuilder {
  return new HostTestBuilder({ ...options, plugins: [...plugins, ...(options.plugins ?? [])] });
}
