import { deepEqual, doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { join } from 'node:path';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { Plugin, readConfig } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import { closeHosts, quietHost, statusOf, type LogLine } from '../host/hosting.ts';
import { ConfigFolder } from './config-folder.ts';

class MailConfig {
  @IsString() readonly from: string = 'nobody';
  @IsInt() @Min(1) @Max(65_535) readonly port: number = 25;
}

@Plugin({ name: 'mail', config: MailConfig })
@JsonController('/mail')
class MailPlugin {
  constructor(private readonly config: MailConfig) {}

  @Get()
  show() {
    return { from: this.config.from, port: this.config.port };
  }
}

@Plugin({ name: 'other' })
class OtherPlugin {}

const plugins = [MailPlugin, OtherPlugin];

describe('the configuration file', () => {
  afterEach(closeHosts);

  const folder = new ConfigFolder();
  const write = async (name: string, text: string): Promise<string> => folder.write(name, text);

  async function configOf(configFile: string): Promise<MailConfig> {
    const host = quietHost({ plugins, configFile });
    await host.start();
    equal(statusOf(host, 'mail').failure?.message, undefined);
    return host.get(MailConfig, { plugin: 'mail' });
  }

  for (const [name, text] of [
    ['yaml/plugboard.config.yaml', 'settings:\n  mail:\n    config: { from: me, port: 587 }\n'],
    [
      'json/plugboard.config.json',
      '{\n\t"settings": { "mail": { "config": { "from": "me", "port": 587 } } }\n}\n',
    ],
    [
      'ts/plugboard.config.ts',
      "import { defineConfig } from 'plugboard';\nconst port: number = 587;\nexport default defineConfig({ settings: { mail: { config: { from: 'me', port } } } });\n",
    ],
    [
      'mjs/plugboard.config.mjs',
      "export default { settings: { mail: { config: { from: 'me', port: 587 } } } };\n",
    ],
    [
      'cjs/plugboard.config.cjs',
      "module.exports = { settings: { mail: { config: { from: 'me', port: 587 } } } };\n",
    ],
  ] as const) {
    it(`may be ${name.slice(name.indexOf('/') + 1)}`, async () => {
      deepEqual({ ...(await configOf(await write(name, text))) }, { from: 'me', port: 587 });
    });
  }

  it('says which plugins there are, by paths that begin at its own folder, and on which port they are served', async () => {
    await write(
      'app/plugins/hello/index.ts',
      "import { Plugin } from 'plugboard';\nimport { Controller, Get } from 'routing-controllers';\n@Plugin({ name: 'hello' })\n@Controller('/hello')\nexport class Hello {\n  @Get() hello() { return 'hi'; }\n}\n",
    );
    const configFile = await write(
      'app/plugboard.config.yaml',
      'plugins: [./plugins]\nprefix: /api\nport: 0\nhostname: 127.0.0.1\n',
    );
    const host = quietHost({ configFile });
    const server = await host.listen();
    const address = server.address() as { port: number; address: string };
    equal(address.address, '127.0.0.1');
    equal(await (await fetch(`http://127.0.0.1:${address.port}/api/hello`)).text(), 'hi');
  });

  it('gives way to the options of createHost, key by key', async () => {
    const configFile = await write(
      'weak/plugboard.config.yaml',
      'prefix: /file\nsettings:\n  mail: { prefix: /post, config: { from: file, port: 1 } }\n',
    );
    const host = quietHost({
      plugins,
      configFile,
      prefix: '/v1',
      settings: { mail: { config: { from: 'options' } } },
    });
    await host.start();
    deepEqual({ ...host.get(MailConfig, { plugin: 'mail' }) }, { from: 'options', port: 1 });
    equal(statusOf(host, 'mail').routes[0]?.path, '/v1/post/mail');
  });

  it('is named in the status for each value that comes from it', async () => {
    const configFile = await write(
      'status/plugboard.config.yaml',
      'settings:\n  mail:\n    config: { from: me }\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    deepEqual(statusOf(host, 'mail').config, [
      { path: 'from', value: 'me', origin: `${configFile}:3` },
      { path: 'port', value: 25, origin: 'default' },
    ]);
    equal(statusOf(host, 'other').config, undefined);
  });

  it('disables a plugin, of which nothing is constructed then', async () => {
    const configFile = await write(
      'off/plugboard.config.json',
      '{ "settings": { "mail": { "enabled": false } } }',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    deepEqual([statusOf(host, 'mail').state, statusOf(host, 'other').state], ['disabled', 'running']);
  });

  for (const [name, text, place] of [
    ['yaml', 'settings:\n  mail:\n    config:\n      from: me\n      port: "x"\n', ':5'],
    ['json', '{\n  "settings": {\n    "mail": {\n      "config": { "port": "x" }\n    }\n  }\n}', ':4'],
    [
      'ts',
      "// port: here\nconst text: string = 'x';\nexport default {\n  settings: {\n    other: {},\n    mail: {\n      config: {\n        from: 'settings: {',\n        port: text,\n      },\n    },\n  },\n};\n",
      ':9',
    ],
    ['mjs', "const mail = { config: { port: 'x' } };\nexport default {\n  settings: { mail },\n};\n", ':3'],
  ] as const) {
    it(`has the plugin alone fail whose value is wrong, with its place in ${name}`, async () => {
      const configFile = await write(`wrong-${name}/plugboard.config.${name}`, text);
      const host = quietHost({ plugins, configFile });
      await host.start();
      equal(statusOf(host, 'other').state, 'running');
      const { state, failure } = statusOf(host, 'mail');
      deepEqual([state, failure?.code], ['failed', 'INVALID_CONFIG']);
      const where = `${configFile}${place}`;
      const lines = failure?.message.split('\n') ?? [];
      equal(
        lines.find((line) => line.includes('integer')),
        `settings.mail.config.port: port must be an integer number, but is a string (${where})`,
      );
      equal(failure?.fix, `Correct it in ${where}.`);
    });
  }

  it('has the plugin alone fail of which a setting is wrong, or none at all', async () => {
    const configFile = await write(
      'settings/plugboard.config.yaml',
      'settings:\n  mail:\n    enabled: "no"\n    timeouts: { startMs: -1 }\n    confg: {}\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    equal(statusOf(host, 'other').state, 'running');
    const { state, failure } = statusOf(host, 'mail');
    deepEqual([state, failure?.code, failure?.phase], ['failed', 'INVALID_SETTINGS', 'configure']);
    match(failure?.message ?? '', /settings\.mail\.enabled: must be true or false, but is a string \(.*:3\)/);
    match(
      failure?.message ?? '',
      /settings\.mail\.timeouts\.startMs: must be a number of milliseconds above 0.*:4\)/,
    );
    match(failure?.message ?? '', /settings\.mail\.confg: is no setting .*did you mean config\?.*:5\)/);
  });

  it('has the plugin alone fail whose values hold themselves', async () => {
    const configFile = await write(
      'loop/plugboard.config.yaml',
      'settings:\n  mail:\n    config: &all { from: *all }\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    match(
      statusOf(host, 'mail').failure?.message ?? '',
      /config: must not hold itself \(.*plugboard\.config\.yaml:3\)/,
    );
    equal(statusOf(host, 'other').state, 'running');
  });

  it('keeps the host from starting where it can not be read, with the line', async () => {
    const yaml = await write('broken/plugboard.config.yaml', 'settings:\n  mail: {\n');
    await rejects(quietHost({ plugins, configFile: yaml }).start(), {
      code: 'CONFIG_FILE_BROKEN',
      message: /plugboard\.config\.yaml:\d/,
    });
    const json = await write('broken/plugboard.config.json', '{\n  "prefix": "/a",,\n}');
    await rejects(quietHost({ plugins, configFile: json }).start(), {
      code: 'CONFIG_FILE_BROKEN',
      message: /plugboard\.config\.json:2/,
    });
    const code = await write('broken/plugboard.config.mjs', 'throw new Error("no database");\n');
    await rejects(quietHost({ plugins, configFile: code }).start(), {
      code: 'CONFIG_FILE_BROKEN',
      message: /no database/,
    });
    const empty = await write('broken/empty.config.mjs', 'export const port = 3;\n');
    await rejects(quietHost({ plugins, configFile: empty }).start(), {
      code: 'CONFIG_FILE_BROKEN',
      message: /no default export/,
    });
  });

  it('keeps the host from starting where it says what the host does not know, with every such line', async () => {
    const configFile = await write(
      'unknown/plugboard.config.yaml',
      'plugin: []\nprefix: 7\nlimits:\n  bodyBytes: big\n',
    );
    await rejects(quietHost({ plugins, configFile }).start(), (error: { code: string; message: string }) => {
      equal(error.code, 'CONFIG_FILE_INVALID');
      match(error.message, /plugin: is no setting .*did you mean plugins\? \(.*:1\)/);
      match(error.message, /prefix: must be a string, but is a number \(.*:2\)/);
      match(error.message, /limits\.bodyBytes: must be .*bytes above 0, but is a string \(.*:4\)/);
      return true;
    });
  });

  it('must be there where it is named', async () => {
    const configFile = join(folder.path, 'nowhere.yaml');
    await rejects(quietHost({ plugins, configFile }).start(), {
      code: 'CONFIG_FILE_MISSING',
      message: /nowhere\.yaml/,
    });
  });

  it('can be read without a host, with the paths that it means', async () => {
    const path = await write(
      'read/plugboard.config.yaml',
      'plugins: [./plugins, "@example/mail"]\nport: 8080\nviews: views\n',
    );
    deepEqual(await readConfig(path), {
      path,
      config: {
        plugins: [join(folder.path, 'read/plugins'), '@example/mail'],
        port: 8080,
        views: join(folder.path, 'read/views'),
      },
    });
    deepEqual(await readConfig(), { path: undefined, config: {} });
  });

  it('is looked at by check(), which names the lines of all that is wrong in it', async () => {
    const file = await write(
      'check/plugboard.config.yaml',
      'settings:\n  mail:\n    enabled: "no"\n    config: { port: x }\n  nobody: {}\n',
    );
    const found = await quietHost({ plugins, configFile: file }).check();
    const own = found.filter((problem) => problem.file === file).map(({ code, line }) => ({ code, line }));
    deepEqual(own, [
      { code: 'UNKNOWN_SETTINGS', line: 5 },
      { code: 'INVALID_SETTINGS', line: 3 },
      { code: 'INVALID_CONFIG', line: 4 },
    ]);
    const broken = await write('check/broken.config.yaml', 'settings: {\n');
    const [first, ...others] = await quietHost({ plugins, configFile: broken }).check();
    deepEqual([first?.code, first?.file, others], ['CONFIG_FILE_BROKEN', broken, []]);
  });

  it('may be empty', async () => {
    equal((await configOf(await write('empty/plugboard.config.yaml', '# nothing yet\n'))).port, 25);
  });

  it('names in the log who is no plugin, with the place', async () => {
    const configFile = await write('nobody/plugboard.config.yaml', 'settings:\n  mial: {}\n');
    const logs: LogLine[] = [];
    await quietHost({ plugins, configFile }, logs).start();
    match(
      logs.map(({ message }) => message).join('\n'),
      /settings\['mial'\] names no plugin .*plugboard\.config\.yaml:2/,
    );
  });

  it('is read anew for what is reloaded', async () => {
    const configFile = await write(
      'reload/plugboard.config.mjs',
      'export default { settings: { mail: { config: { port: 1 } } } };\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    await write(
      'reload/plugboard.config.mjs',
      'export default { settings: { mail: { config: { port: 22 } } } };\n',
    );
    await host.reload('mail');
    equal(host.get(MailConfig, { plugin: 'mail' }).port, 22);
  });

  it('that is wrong in a reload leaves the plugin as it is', async () => {
    const configFile = await write(
      'bad-reload/plugboard.config.yaml',
      'settings: { mail: { config: { port: 1 } } }\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    await write('bad-reload/plugboard.config.yaml', 'settings: { mail: { config: { port: none } } }\n');
    const { state, failure } = await host.reload('mail');
    deepEqual([state, failure?.code], ['running', 'INVALID_CONFIG']);
    await write('bad-reload/plugboard.config.yaml', 'settings: {\n');
    await rejects(host.reload('mail'), { code: 'CONFIG_FILE_BROKEN' });
    equal(host.get(MailConfig, { plugin: 'mail' }).port, 1);
  });

  it('disables and enables a plugin in a reload', async () => {
    const configFile = await write(
      'toggle/plugboard.config.yaml',
      'settings: { mail: { config: { port: 1 } } }\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    await write('toggle/plugboard.config.yaml', 'settings: { mail: { enabled: false } }\n');
    equal((await host.reload('mail')).state, 'disabled');
    await write('toggle/plugboard.config.yaml', 'settings: { mail: { enabled: true } }\n');
    equal((await host.reload('mail')).state, 'running');
  });

  it('never has its values in a message', async () => {
    const configFile = await write(
      'quiet/plugboard.config.yaml',
      'settings: { mail: { config: { port: hunter2hunter2 } } }\n',
    );
    const host = quietHost({ plugins, configFile });
    await host.start();
    doesNotMatch(JSON.stringify(statusOf(host, 'mail')), /hunter2/);
  });
});
