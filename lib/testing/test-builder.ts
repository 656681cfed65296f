import { pluginOptions, tokenName, type Class, type HostOptions, type Token } from 'plugboard';
import { TestSetup } from './test-setup.ts';
import { createHostTestBed, createTestBed, type HostTestBed, type TestBed } from './test-bed.ts';

/** Says what a test puts in place of services; each call returns the builder. */
abstract class TestBuilder {
  protected readonly setup: TestSetup;

  constructor(options: HostOptions) {
    this.setup = new TestSetup(options);
  }

  /**
   * Puts `partial` in place of an import or of one of the plugin's own services.
   * What is not in it throws on use, with its name; a function that you pass, a stub say, is used as it is.
   */
  mock<T>(token: Token<T>, partial: Partial<T>): this {
    this.setup.standIns.mock(token, partial);
    return this;
  }

  /** Puts `value` in place of an import or of one of the plugin's own services, as it is. */
  provide<T>(token: Token<T>, value: T): this {
    this.setup.standIns.provide(token, value);
    return this;
  }

  /** Every import that nobody gives becomes a recording mock. Built-in services stay what they are. */
  autoMock(): this {
    this.setup.standIns.autoMock = true;
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
  }

  /** Values for the plugin's `config` class. */
  config(values: object): this {
    this.setup.configure(this.#name, values);
    return this;
  }

  /**
   * Starts the plugin. Rejects where it does not run, where an import was not given (listing all of them),
   * and where a mock matches nothing.
   */
  async start(): Promise<TestBed<P>> {
    return createTestBed(await this.setup.start(), this.#plugin, this.#name);
  }
}

export class HostTestBuilder extends TestBuilder {
  /** Values for the `config` class of one of the plugins. */
  config(plugin: string, values: object): this {
    this.setup.configure(plugin, values);
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
  plugins: HostOptions['plugins'],
  options: Partial<HostOptions> = {},
): HostTestBuilder {
  return new HostTestBuilder({ ...options, plugins: [...plugins, ...(options.plugins ?? [])] });
}
