import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import express from 'express';
import { HostControl, Plugin, type HostOptions } from 'plugboard';
import { testPlugin } from 'plugboard/testing';
import { Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import { closeHosts, quietHost, statusOf, type LogLine } from '../host/hosting.ts';
import { ConfigFolder } from './config-folder.ts';

class Server {
  @IsString() host = 'localhost';
  @IsInt() port = 25;
}

class Settings {
  @IsString() title = 'Untitled';
  @IsInt() everyMs = 10;
  @IsBoolean() tls = false;
  @IsOptional() @IsDate() since?: Date;
  @IsIn(['fast', 'slow']) mode: 'fast' | 'slow' = 'fast';
  @IsString({ each: true }) tags: string[] = [];
  @IsNumber({}, { each: true }) steps: number[] = [];
  @ValidateNested() @Type(() => Server) server = new Server();
  @ValidateNested({ each: true }) @Type(() => Server) others: Server[] = [];
  headers: Record<string, string> = { accept: 'text/plain' };
  untyped = 5;
  @IsString() password = '';
}

@Plugin({ name: 'mail-out', config: Settings })
class MailPlugin {
  constructor(readonly settings: Settings) {}
}

class ShortSettings {
  @IsString() outBox = '';
}

@Plugin({ name: 'mail', config: ShortSettings })
class ShortPlugin {
  constructor(readonly settings: ShortSettings) {}
}

@Plugin({ name: 'slow' })
@JsonController('/slow')
class SlowPlugin {
  constructor(readonly control: HostControl) {}

  @Get()
  async never() {
    return new Promise(() => undefined);
  }
}

const plugins = [MailPlugin, ShortPlugin];

describe('variables of the environment', () => {
  afterEach(closeHosts);

  const folder = new ConfigFolder();

  async function started(
    environment: Record<string, string>,
    options: Partial<HostOptions> = {},
    logs: LogLine[] = [],
  ) {
    const host = quietHost({ plugins, environment, configFile: false, ...options }, logs);
    await host.start();
    return host;
  }

  async function settingsOf(
    environment: Record<string, string>,
    options?: Partial<HostOptions>,
  ): Promise<Settings> {
    const host = await started(environment, options);
    equal(statusOf(host, 'mail-out').failure?.message, undefined);
    return host.get(Settings, { plugin: 'mail-out' });
  }

  async function failureOf(environment: Record<string, string>, options?: Partial<HostOptions>) {
    const host = await started(environment, options);
    equal(statusOf(host, 'mail').state, 'running');
    const { state, failure } = statusOf(host, 'mail-out');
    equal(state, 'failed');
    return failure ?? { code: '', message: '', fix: '' };
  }

  it('are converted to what the config class says', async () => {
    const { title, everyMs, tls, since, mode, tags, steps, untyped } = await settingsOf({
      PLUGBOARD_MAIL_OUT_TITLE: '42',
      PLUGBOARD_MAIL_OUT_EVERY_MS: '1e3',
      PLUGBOARD_MAIL_OUT_TLS: 'true',
      PLUGBOARD_MAIL_OUT_SINCE: '2026-01-01',
      PLUGBOARD_MAIL_OUT_MODE: 'slow',
      PLUGBOARD_MAIL_OUT_TAGS: 'a, b',
      PLUGBOARD_MAIL_OUT_STEPS: '1,2',
      PLUGBOARD_MAIL_OUT_UNTYPED: '7',
    });
    deepEqual(
      { title, everyMs, tls, since, mode, tags, steps, untyped },
      {
        title: '42',
        everyMs: 1_000,
        tls: true,
        since: new Date('2026-01-01'),
        mode: 'slow',
        tags: ['a', 'b'],
        steps: [1, 2],
        untyped: 7,
      },
    );
  });

  it('say what is nested with two underscores, or as JSON', async () => {
    const { server, others, headers } = await settingsOf({
      PLUGBOARD_MAIL_OUT_SERVER: '{"host":"a","port":1}',
      PLUGBOARD_MAIL_OUT_SERVER__PORT: '2',
      PLUGBOARD_MAIL_OUT_OTHERS: '[{"host":"b"}]',
      PLUGBOARD_MAIL_OUT_HEADERS__ACCEPT: 'text/html',
    });
    deepEqual({ ...server }, { host: 'a', port: 2 });
    equal(others[0] instanceof Server && others[0].port, 25);
    deepEqual(headers, { accept: 'text/html' });
  });

  it('are stronger than the file and weaker than createHost', async () => {
    const configFile = await folder.write(
      'order/plugboard.config.yaml',
      'settings:\n  mail-out: { config: { title: file, everyMs: 1, server: { host: file, port: 1 } } }\n',
    );
    const { title, everyMs, server } = await settingsOf(
      {
        PLUGBOARD_MAIL_OUT_TITLE: 'variable',
        PLUGBOARD_MAIL_OUT_EVERY_MS: '2',
        PLUGBOARD_MAIL_OUT_SERVER__PORT: '2',
      },
      { configFile, settings: { 'mail-out': { config: { title: 'options' } } } },
    );
    deepEqual([title, everyMs, { ...server }], ['options', 2, { host: 'file', port: 2 }]);
  });

  it('name a file that has the value with _FILE', async () => {
    const file = await folder.write('secrets/password', 'hunter2\n');
    equal((await settingsOf({ PLUGBOARD_MAIL_OUT_PASSWORD_FILE: file })).password, 'hunter2');
  });

  it('enable and disable', async () => {
    const host = await started({ PLUGBOARD_MAIL_OUT_ENABLED: 'false' });
    equal(statusOf(host, 'mail-out').state, 'disabled');
    const configFile = await folder.write(
      'off/plugboard.config.yaml',
      'settings: { mail-out: { enabled: false } }\n',
    );
    const other = await started({ PLUGBOARD_MAIL_OUT_ENABLED: '1' }, { configFile });
    equal(statusOf(other, 'mail-out').state, 'running');
  });

  it('never enable what a config class calls enabled', async () => {
    class Switch {
      @IsBoolean() enabled = false;
    }
    @Plugin({ name: 'lamp', config: Switch })
    class LampPlugin {}
    const host = await started({ PLUGBOARD_LAMP_ENABLED: 'true' }, { plugins: [LampPlugin] });
    equal(host.get(Switch, { plugin: 'lamp' }).enabled, false);
  });

  it('say all else of a plugin that its settings say, stronger than the file and weaker than createHost', async () => {
    const configFile = await folder.write(
      'settings.yaml',
      'settings:\n  slow: { prefix: /file, critical: true }\n',
    );
    const host = await started(
      {
        PLUGBOARD_SLOW_PREFIX: '/variable',
        PLUGBOARD_SLOW_CRITICAL: 'false',
        PLUGBOARD_SLOW_LOG_LEVEL: 'debug',
        PLUGBOARD_SLOW_GRANTS: 'control',
        PLUGBOARD_SLOW_TIMEOUTS__REQUEST_MS: '20',
        PLUGBOARD_SLOW_SUPERVISE__ERRORS: 'false',
      },
      { plugins: [SlowPlugin], configFile, settings: { slow: { logLevel: 'warn' } } },
    );
    const { state, critical, logLevel, failure } = statusOf(host, 'slow');
    deepEqual(
      { state, critical, logLevel, failure },
      { state: 'running', critical: false, logLevel: 'warn', failure: undefined },
    );
    await supertest(express().use(host.handler)).get('/variable/slow').expect(504);
  });

  it('that say a setting which is none have the plugin alone fail, and a misspelled one is named', async () => {
    const logs: LogLine[] = [];
    const host = await started(
      { PLUGBOARD_MAIL_OUT_LOG_LEVEL: 'loud', PLUGBOARD_MAIL_TIMEOUTS__REQEST_MS: '1' },
      {},
      logs,
    );
    const { failure } = statusOf(host, 'mail-out');
    equal(failure?.code, 'INVALID_SETTINGS');
    match(
      failure?.message ?? '',
      /logLevel: must be 'trace', .* or 'silent', but is a string \(PLUGBOARD_MAIL_OUT_LOG_LEVEL\)/,
    );
    ok(logs.some(({ message }) => message === 'PLUGBOARD_MAIL_TIMEOUTS__REQEST_MS is no setting of mail.'));
  });

  it('that say neither yes nor no to a plugin have it alone fail', async () => {
    const { code, message, fix } = await failureOf({ PLUGBOARD_MAIL_OUT_ENABLED: 'maybe' });
    equal(code, 'INVALID_SETTINGS');
    match(
      message,
      /settings\.mail-out\.enabled: must be true or false, but is a text that is none \(PLUGBOARD_MAIL_OUT_ENABLED\)/,
    );
    equal(fix, 'Correct it in PLUGBOARD_MAIL_OUT_ENABLED.');
  });

  it('that can not be converted have the plugin alone fail, by their names and without their values', async () => {
    const { code, message, fix } = await failureOf({
      PLUGBOARD_MAIL_OUT_EVERY_MS: 'often',
      PLUGBOARD_MAIL_OUT_TLS: '',
      PLUGBOARD_MAIL_OUT_SINCE: 'yesterday',
      PLUGBOARD_MAIL_OUT_SERVER__PORT: 'x25',
      PLUGBOARD_MAIL_OUT_OTHERS: '[often',
      PLUGBOARD_MAIL_OUT_MODE: 'sideways',
    });
    equal(code, 'INVALID_CONFIG');
    for (const line of [
      'everyMs: must be a number, but is a text that is none (PLUGBOARD_MAIL_OUT_EVERY_MS)',
      'tls: must be true or false, but is empty (PLUGBOARD_MAIL_OUT_TLS)',
      'since: must be a date, but is a text that is none (PLUGBOARD_MAIL_OUT_SINCE)',
      'server.port: must be a number, but is a text that is none (PLUGBOARD_MAIL_OUT_SERVER__PORT)',
      'others: must be a list in JSON, but is a text that is none (PLUGBOARD_MAIL_OUT_OTHERS)',
      'mode: mode must be one of the following values: fast, slow, but is a string (PLUGBOARD_MAIL_OUT_MODE)',
    ]) {
      equal(message.split('\n').includes(`settings.mail-out.config.${line}`), true, `${line}\n${message}`);
    }
    doesNotMatch(message, /often|yesterday|x25|sideways/);
    match(fix, /^Correct it in PLUGBOARD_MAIL_OUT_EVERY_MS, /);
  });

  it('tell of a file that can not be read, and of a value that is given twice', async () => {
    const { message } = await failureOf({
      PLUGBOARD_MAIL_OUT_PASSWORD_FILE: '/nowhere/password',
      PLUGBOARD_MAIL_OUT_TITLE: 'a',
      PLUGBOARD_MAIL_OUT_TITLE_FILE: '/nowhere/title',
    });
    match(
      message,
      /password: is to be read from the file that PLUGBOARD_MAIL_OUT_PASSWORD_FILE names, which can't be read \(ENOENT\)/,
    );
    // Or else it would tell a secret that was given in place of a file.
    doesNotMatch(message, /nowhere/);
    match(message, /title: is given twice: by PLUGBOARD_MAIL_OUT_TITLE and by PLUGBOARD_MAIL_OUT_TITLE_FILE/);
  });

  it('that no plugin reads are named in the log', async () => {
    const logs: LogLine[] = [];
    await started(
      { PLUGBOARD_MAIL_OUT_TITEL: 'a', PLUGBOARD_NOBODY_X: 'a', PLUGBOARD_MAIL_OUT_TITLE: 'b', OTHER: 'c' },
      {},
      logs,
    );
    deepEqual(
      logs.filter(({ level }) => level === 'warn').map(({ message }) => message),
      [
        'PLUGBOARD_MAIL_OUT_TITEL is no setting of mail-out.',
        'PLUGBOARD_NOBODY_X is of no plugin of this host.',
      ],
    );
  });

  it('are read anew for what is reloaded', async () => {
    const environment: Record<string, string> = { PLUGBOARD_MAIL_OUT_TITLE: 'first' };
    const host = await started(environment);
    environment['PLUGBOARD_MAIL_OUT_TITLE'] = 'second';
    await host.reload('mail-out');
    equal(host.get(Settings, { plugin: 'mail-out' }).title, 'second');
  });

  it('are those of the process, but for tests', async () => {
    process.env['PLUGBOARD_MAIL_OUT_TITLE'] = 'of the process';
    try {
      const host = quietHost({ plugins, configFile: false });
      await host.start();
      equal(host.get(Settings, { plugin: 'mail-out' }).title, 'of the process');
      await using bed = await testPlugin(MailPlugin).start();
      equal(bed.plugin.settings.title, 'Untitled');
    } finally {
      delete process.env['PLUGBOARD_MAIL_OUT_TITLE'];
    }
  });
});
