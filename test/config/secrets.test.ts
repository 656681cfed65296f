import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict';
import { inspect } from 'node:util';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { pino } from 'pino';
import { HostStartError, Logger, Plugin, Secret, type PluginError } from 'plugboard';
import { testPlugin } from 'plugboard/testing';
import { Get, JsonController } from 'routing-controllers';
import { closeHosts, quietHost, statusOf, type LogLine } from '../host/hosting.ts';
import { ConfigFolder } from './config-folder.ts';

class Database {
  @IsString() user = 'app';
  @Secret() @IsString() password = 'database-password';
}

class Keys {
  @Secret() @IsString() apiKey = 'key-of-the-api';
  @Secret() @IsOptional() pin?: number;
  @Secret() @IsOptional() short?: string;
  @IsString() region = 'eu';
  @ValidateNested() @Type(() => Database) database = new Database();
}

@Plugin({ name: 'vault', config: Keys })
@JsonController('/vault')
class VaultPlugin {
  constructor(
    readonly keys: Keys,
    readonly log: Logger,
  ) {}

  @Get()
  use(): never {
    throw new Error(`refused: ${this.keys.apiKey}`, {
      cause: new Error(`at ${this.keys.database.password}`),
    });
  }
}

describe('a secret', () => {
  afterEach(closeHosts);

  const folder = new ConfigFolder();

  it('is not shown where its object is printed or serialised, and is there when it is read', async () => {
    await using bed = await testPlugin(VaultPlugin).start();
    const { keys } = bed.plugin;
    equal(keys.apiKey, 'key-of-the-api');
    equal({ ...keys.database }.password, 'database-password');
    deepEqual(JSON.parse(JSON.stringify({ keys })), {
      keys: { apiKey: '[secret]', region: 'eu', database: { user: 'app', password: '[secret]' } },
    });
    const printed = inspect({ keys }, { depth: 5 });
    match(printed, /keys: Keys \{/);
    match(printed, /apiKey: '\[secret\]'/);
    match(printed, /database: Database \{ user: 'app', password: '\[secret\]' \}/);
    doesNotMatch(printed, /key-of-the-api|database-password/);
  });

  it('of a class with a toJSON of its own is concealed in what that gives, and so is one of an ancestor', () => {
    class Base {
      @Secret() token = 'token-of-base';
      toJSON() {
        return { token: this.token, more: 1 };
      }
    }
    class Derived extends Base {
      @Secret() other = 'token-of-derived';
    }
    equal(JSON.stringify(new Derived()), '{"token":"[secret]","more":1}');
    doesNotMatch(inspect(new Derived()), /token-of/);
  });

  it('of a class is concealed in a toJSON that a class below it brings', async () => {
    class Open extends Database {
      toJSON() {
        return { ...this, more: 1 };
      }
    }
    @Plugin({ name: 'open', config: Open })
    class OpenPlugin {
      constructor(readonly config: Open) {}
    }
    await using bed = await testPlugin(OpenPlugin).config({ password: 'short' }).start();
    equal(JSON.stringify(bed.plugin.config), '{"user":"app","password":"[secret]","more":1}');
    equal(statusOf(bed.host, 'open').config?.find(({ path }) => path === 'password')?.value, '[secret]');
  });

  it('is not shown by what asks no object how it wants to be shown', async () => {
    await using bed = await testPlugin(VaultPlugin).start();
    const printed = inspect(bed.plugin.keys, { customInspect: false, depth: 5 });
    match(printed, /region: 'eu'/);
    doesNotMatch(printed, /key-of-the-api|database-password/);
    bed.plugin.keys.database.password = 'another';
    equal(bed.plugin.keys.database.password, 'another');
  });

  it('is masked however it is written: in JSON within JSON, in URLs, forms, HTML and Base64', async () => {
    const apiKey = 'p&ss "w\\rd" <é>\'/+\ttab';
    await using bed = await testPlugin(VaultPlugin).config({ apiKey }).start();
    const within = (depth: number): string =>
      depth === 0 ? `a ${apiKey} b` : JSON.stringify({ text: within(depth - 1) });
    const url = new URL('https://app@host/');
    url.password = apiKey;
    url.searchParams.set('key', apiKey);
    const html = apiKey
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
    const texts = {
      plain: `a ${apiKey} b`,
      json: within(1),
      twice: within(2),
      thrice: within(3),
      url: url.href,
      component: encodeURIComponent(apiKey).toLowerCase(),
      form: String(new URLSearchParams({ key: apiKey })),
      printed: inspect({ text: apiKey }),
      html: `<p>${html}</p>`,
      ascii: apiKey.replace('é', '\\u00e9'),
      ...Object.fromEntries(
        ['a:', 'ab:', 'abc:'].map((user) => [user, `Basic ${Buffer.from(user + apiKey).toString('base64')}`]),
      ),
    };
    bed.plugin.log.info('texts', texts);
    const line = bed.logs.find(({ message }) => message === 'texts');
    for (const name of Object.keys(texts)) {
      const text = String(line?.[name]);
      match(text, /\[secret\]/, `${name}: ${text}`);
      doesNotMatch(text, /ss|tab/, `${name}: ${text}`);
    }
  });

  it('that is the password in an address, in a list, or outdone in a list is known', async () => {
    class Account {
      @Secret() @IsString() token = '';
    }
    class Many {
      @Secret() address = 'postgres://app:p%40ssword-7@db/app';
      @Secret() credentials: object = { list: ['token-in-a-list'] };
      @ValidateNested({ each: true }) @Type(() => Account) accounts: Account[] = [];
    }
    @Plugin({ name: 'many', config: Many })
    class ManyPlugin {
      constructor(
        readonly config: Many,
        readonly log: Logger,
      ) {}
    }
    const configFile = await folder.write(
      'many.yaml',
      'settings: { many: { config: { accounts: [{ token: token-of-the-file }] } } }',
    );
    const logs: LogLine[] = [];
    const settings = { many: { config: { accounts: [{ token: 'token-of-an-account' }] } } };
    const host = quietHost({ plugins: [ManyPlugin], environment: false, configFile, settings }, logs);
    await host.start();
    const log = host.get(Logger, { plugin: 'many' });
    log.info('p@ssword-7 p%40ssword-7 token-in-a-list token-of-an-account token-of-the-file');
    equal(logs.at(-1)?.message, '[secret] [secret] [secret] [secret] [secret]');
  });

  it('is masked in all that a plugin logs', async () => {
    await using bed = await testPlugin(VaultPlugin).config({ pin: 12_345_678 }).start();
    const { keys, log } = bed.plugin;
    const loop: Record<string, unknown> = { url: `https://x/?key=${keys.apiKey}` };
    loop['self'] = loop;
    log.info(`key ${keys.apiKey}!`, {
      nested: [{ text: `a ${keys.database.password} b` }, new Map([['k', keys.apiKey]])],
      pin: keys.pin,
      keys,
      loop,
      at: new Date(0),
      bytes: Buffer.from('bytes'),
      error: Object.assign(new TypeError(`bad ${keys.apiKey}`, { cause: new Error(keys.apiKey) }), {
        config: { authorization: `Bearer ${keys.apiKey}` },
      }),
    });
    const line = bed.logs.find(({ level }) => level === 'info');
    equal(line?.message, 'key [secret]!');
    doesNotMatch(inspect(line, { depth: 20, showHidden: true }), /key-of-the-api|database-password|12345678/);
    const { error, at, bytes } = line as unknown as { error: Error; at: Date; bytes: Buffer };
    ok(error instanceof TypeError);
    match(error.stack ?? '', /TypeError: bad \[secret\]\n\s+at /);
    ok(at instanceof Date && Buffer.isBuffer(bytes));
  });

  it('leaves fields alone that have none', async () => {
    await using bed = await testPlugin(VaultPlugin).start();
    const fields = { inner: { text: 'harmless' } };
    bed.plugin.log.info('hello', fields);
    equal(bed.logs.find(({ message }) => message === 'hello')?.['inner'], fields.inner);
  });

  it('is masked where it is encoded for a URL or JSON, and line by line', async () => {
    await using bed = await testPlugin(VaultPlugin).config({ apiKey: 'p&ss "word"\nsecond-line' }).start();
    const { keys, log } = bed.plugin;
    log.info(`${encodeURIComponent(keys.apiKey)} ${JSON.stringify(keys.apiKey)}`);
    log.info('at second-line, it fails');
    deepEqual(
      bed.logs.map(({ message }) => message),
      ['[secret] "[secret]"', 'at [secret], it fails'],
    );
  });

  it('is concealed in the status of its plugin, which tells the rest and where it comes from', async () => {
    const environment = { PLUGBOARD_VAULT_DATABASE__PASSWORD: 'other-password' };
    const settings = { vault: { config: { region: 'us' } } };
    const host = quietHost({ plugins: [VaultPlugin], environment, settings, configFile: false });
    await host.start();
    deepEqual(statusOf(host, 'vault').config, [
      { path: 'apiKey', value: '[secret]', origin: 'default' },
      { path: 'region', value: 'us', origin: 'createHost settings' },
      { path: 'database.user', value: 'app', origin: 'default' },
      { path: 'database.password', value: '[secret]', origin: 'PLUGBOARD_VAULT_DATABASE__PASSWORD' },
    ]);
  });

  it('is masked in the answers of development', async () => {
    await using bed = await testPlugin(VaultPlugin, { development: true }).start();
    const { text } = await bed.request.get('/vault').expect(500);
    match(text, /refused: \[secret\]/);
    doesNotMatch(text, /key-of-the-api/);
  });

  it('of less than 8 characters is not looked for in texts', async () => {
    await using bed = await testPlugin(VaultPlugin).config({ short: 'pass' }).start();
    bed.plugin.log.info('passing by');
    equal(bed.logs[0]?.message, 'passing by');
  });

  it('is masked in the log of a request that fails', async () => {
    const logs: LogLine[] = [];
    await using bed = await testPlugin(VaultPlugin, {
      log: pino(
        { serializers: { error: pino.stdSerializers.errWithCause } },
        { write: (line) => void logs.push(JSON.parse(line)) },
      ),
    }).start();
    await bed.request.get('/vault').expect(500);
    const text = JSON.stringify(logs);
    match(text, /refused: \[secret\]/);
    match(text, /at \[secret\]/);
    doesNotMatch(text, /key-of-the-api|database-password/);
  });

  @Plugin({ name: 'careless', config: Keys })
  class Careless {
    constructor(private readonly keys: Keys) {}

    onStart() {
      throw new Error(`no connection with ${this.keys.apiKey}`, {
        cause: new Error(this.keys.database.password),
      });
    }
  }

  it('is masked in the status, in events, in the log and in what start() rejects with', async () => {
    const logs: LogLine[] = [];
    const host = quietHost({ plugins: [Careless], settings: { careless: { critical: true } } }, logs);
    const heard: PluginError[] = [];
    host.on('plugin:failure', ({ error }) => heard.push(error));
    await rejects(host.start(), (error) => {
      ok(error instanceof HostStartError);
      match(error.message, /no connection with \[secret\]/);
      doesNotMatch(inspect(error, { depth: 9 }), /key-of-the-api|database-password/);
      return true;
    });
    const { failure } = statusOf(host, 'careless');
    match(failure?.message ?? '', /no connection with \[secret\]/);
    for (const told of [failure, heard, logs]) {
      doesNotMatch(inspect(told, { depth: 9, showHidden: true }), /key-of-the-api|database-password/);
    }
    equal(heard[0]?.code, 'START_FAILED');
  });

  it('stays one when another has taken its place', async () => {
    const environment: Record<string, string> = { PLUGBOARD_VAULT_API_KEY: 'the-first-key' };
    const logs: LogLine[] = [];
    const host = quietHost({ plugins: [VaultPlugin], environment, configFile: false }, logs);
    await host.start();
    environment['PLUGBOARD_VAULT_API_KEY'] = 'the-second-key';
    await host.reload('vault');
    host.get(Logger, { plugin: 'vault' }).info('the-first-key and the-second-key');
    equal(logs.at(-1)?.message, '[secret] and [secret]');
  });

  it('is what a file has that a variable names, and what a stronger source has outdone', async () => {
    const file = await folder.write('region', 'region-of-a-file\n');
    const logs: LogLine[] = [];
    const host = quietHost(
      {
        plugins: [VaultPlugin],
        configFile: false,
        environment: { PLUGBOARD_VAULT_REGION_FILE: file, PLUGBOARD_VAULT_API_KEY: 'key-of-variable' },
        settings: { vault: { config: { apiKey: 'key-of-options' } } },
      },
      logs,
    );
    await host.start();
    host.get(Logger, { plugin: 'vault' }).info('region-of-a-file, key-of-variable, key-of-options');
    equal(logs.at(-1)?.message, '[secret], [secret], [secret]');
  });

  it('that was given as the path of its file is in no message', async () => {
    const environment = { PLUGBOARD_VAULT_API_KEY_FILE: 'key-that-is-no-path' };
    const logs: LogLine[] = [];
    const host = quietHost({ plugins: [VaultPlugin], environment, configFile: false }, logs);
    await host.start();
    match(statusOf(host, 'vault').failure?.message ?? '', /PLUGBOARD_VAULT_API_KEY_FILE names, .*ENOENT/);
    doesNotMatch(inspect([host.plugins, logs, await host.check()], { depth: 9 }), /key-that-is-no-path/);
  });

  it('that is wrong itself is in no message', async () => {
    const host = quietHost({
      plugins: [VaultPlugin],
      settings: { vault: { config: { apiKey: ['a-secret-in-a-list'] } } },
    });
    await host.start();
    doesNotMatch(inspect(statusOf(host, 'vault'), { depth: 9 }), /a-secret-in/);
  });
});
