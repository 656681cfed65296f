import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { Logger, Plugin, type HostOptions, type PluginError } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import express from 'express';
import { closeHosts, quietHost, type LogLine } from '../host/hosting.ts';
import { ConfigFolder } from './config-folder.ts';

@Plugin({ name: 'shop' })
@JsonController('/shop')
class ShopPlugin {
  constructor(private readonly log: Logger) {}

  @Get()
  list() {
    this.log.info('asked');
    return null;
  }

  onStart() {
    setInterval(() => undefined, 60_000).unref();
  }
}

describe('the options of the host', () => {
  afterEach(closeHosts);

  const folder = new ConfigFolder();

  async function started(options: HostOptions, logs: LogLine[] = []) {
    const host = quietHost(
      { plugins: [ShopPlugin], environment: false, configFile: false, ...options },
      logs,
    );
    const request = supertest(express().use(host.handler));
    await host.start();
    return { host, request };
  }

  async function behaves(options: HostOptions): Promise<void> {
    const logs: LogLine[] = [];
    const { host, request } = await started(options, logs);
    const { headers } = await request.get('/shop').set('Origin', 'https://a.example').expect(404);
    equal(headers['access-control-allow-origin'], 'https://a.example');
    await request.post('/shop').expect(405);
    deepEqual(
      logs.filter(({ route }) => route).map(({ level, route }) => [level, route]),
      [
        ['debug', '/shop'],
        ['debug', 'unmatched'],
      ],
    );
    await host.close();
    deepEqual(
      logs.filter(({ kind }) => kind),
      [],
      'leaks: false looks for none',
    );
  }

  it('that are data are what the file says, those too that are needed before a plugin is there', async () => {
    const configFile = await folder.write(
      'all.yaml',
      `accessLog: { level: debug }
cors: { origin: https://a.example }
methodNotAllowed: true
leaks: false
attribution: stack
defaults: { nullResultCode: 404 }
`,
    );
    await behaves({ configFile });
  });

  it('that are data are what the environment says', async () => {
    await behaves({
      environment: {
        PLUGBOARD_HOST_ACCESS_LOG__LEVEL: 'debug',
        PLUGBOARD_HOST_CORS: '{ "origin": "https://a.example" }',
        PLUGBOARD_HOST_METHOD_NOT_ALLOWED: 'true',
        PLUGBOARD_HOST_LEAKS: 'false',
        PLUGBOARD_HOST_ATTRIBUTION: 'stack',
        PLUGBOARD_HOST_DEFAULTS__NULL_RESULT_CODE: '404',
      },
    });
  });

  it('are taken from the file, then from the environment, then from createHost, key by key', async () => {
    const configFile = await folder.write(
      'limits.yaml',
      'prefix: /file\nlimits: { bodyBytes: 1, files: 1, headersTimeoutMs: 1000 }\n',
    );
    const { host } = await started({
      configFile,
      environment: {
        PLUGBOARD_HOST_PREFIX: '/variable',
        PLUGBOARD_HOST_LIMITS__FILES: '2',
        PLUGBOARD_HOST_LIMITS__HEADERS_TIMEOUT_MS: '2000',
        PLUGBOARD_HOST_LIMITS__REQUEST_TIMEOUT_MS: '9000',
      },
      limits: { headersTimeoutMs: 3_000 },
      port: 0,
    });
    deepEqual(
      host.plugins.flatMap(({ routes }) => routes.map(({ path }) => path)),
      ['/variable/shop'],
    );
    const { headersTimeout, requestTimeout } = await host.listen();
    deepEqual([headersTimeout, requestTimeout], [3_000, 9_000]);
  });

  it('that the environment says wrongly keep the host from starting, by the names of the variables', async () => {
    const environment = {
      PLUGBOARD_HOST_PORT: 'eighty',
      PLUGBOARD_HOST_LEAKS: 'open',
      PLUGBOARD_HOST_LIMITS__BODY_BYTES: '-1',
    };
    await rejects(started({ environment }), (error: PluginError) => {
      equal(error.code, 'ENVIRONMENT_INVALID');
      deepEqual(error.message.split('\n').slice(1).sort(), [
        "leaks: must be 'close', 'trace' or false, but is a string (PLUGBOARD_HOST_LEAKS)",
        'limits.bodyBytes: must be a whole number of bytes above 0, but is a number (PLUGBOARD_HOST_LIMITS__BODY_BYTES)',
        'port: must be a number, but is a text that is none (PLUGBOARD_HOST_PORT)',
      ]);
      match(error.fix, /^Correct it in PLUGBOARD_HOST_PORT, /);
      return true;
    });
  });

  it('that there are not are named in the log', async () => {
    const logs: LogLine[] = [];
    await started({ environment: { PLUGBOARD_HOST_PROT: '80' } }, logs);
    deepEqual(
      logs.filter(({ level }) => level === 'warn').map(({ message }) => message),
      ['PLUGBOARD_HOST_PROT is no option of the host.'],
    );
  });
});
