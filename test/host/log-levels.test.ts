import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { pino } from 'pino';
import { injectable } from 'inversify';
import { Get, JsonController, Param } from 'routing-controllers';
import {
  HostControl,
  HttpRequest,
  Logger,
  Plugin,
  RequestLog,
  type HostOptions,
  type LogLevel,
} from 'plugboard';
import { closeHosts, serve, statusOf } from './hosting.ts';

@Plugin({ name: 'talker' })
@JsonController('/talk')
class TalkerPlugin {
  constructor(private readonly log: Logger) {}

  @Get()
  talk(): string {
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) this.log[level](level);
    return 'said';
  }

  @Get('/request')
  ofRequest(@RequestLog() log: Logger): string {
    log.info('of a request', { order: 7 });
    return 'said';
  }
}

@injectable('Request')
class Visitor {
  constructor(private readonly request: HttpRequest) {}
  greet(): void {
    this.request.log.info('welcome');
  }
}

@injectable('Request')
@JsonController('/door')
class DoorController {
  constructor(private readonly visitor: Visitor) {}
  @Get()
  open(): string {
    this.visitor.greet();
    return 'open';
  }
}

@Plugin({ name: 'doorman', services: [Visitor], controllers: [DoorController] })
class DoormanPlugin {}

@Plugin({ name: 'operator' })
@JsonController('/levels')
class OperatorPlugin {
  constructor(private readonly control: HostControl) {}
  @Get('/:name/:level')
  set(@Param('name') name: string, @Param('level') level: LogLevel): string {
    this.control.setLogLevel(name, level);
    return 'done';
  }
}

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly plugin?: string;
  readonly [field: string]: unknown;
}

/** A pino of the app's, and what it has written. */
function appLog(level: string) {
  const lines: Line[] = [];
  const log = pino({ level }, { write: (text: string) => void lines.push(JSON.parse(text) as Line) });
  /** What was written since it was last asked. */
  const written = (): readonly string[] => lines.splice(0).map(({ msg }) => msg);
  return { log, lines, written };
}

const all = ['trace', 'debug', 'info', 'warn', 'error'];

describe('the level of a plugin’s log', () => {
  afterEach(closeHosts);

  it('is that of the host’s log, now and when it changes', async () => {
    const { log, written } = appLog('warn');
    const { request } = await serve({ plugins: [TalkerPlugin], log });
    await request.get('/talk');
    deepEqual(written(), ['warn', 'error']);
    log.level = 'info';
    await request.get('/talk');
    deepEqual(written(), ['info', 'warn', 'error']);
  });

  it('is its own where the settings say so, above and below that of the host’s log', async () => {
    for (const [logLevel, expected] of [
      ['trace', all],
      ['error', ['error']],
      ['silent', []],
    ] as const) {
      const { log, written } = appLog('info');
      const { host, request } = await serve({
        plugins: [TalkerPlugin],
        log,
        settings: { talker: { logLevel } },
      });
      await request.get('/talk');
      deepEqual(written(), expected);
      equal(statusOf(host, 'talker').logLevel, logLevel);
    }
  });

  it('changes while the plugin runs, outlives a reload, and goes back to what the settings say', async () => {
    const { log, written } = appLog('info');
    const { host, request } = await serve({
      plugins: [TalkerPlugin],
      log,
      settings: { talker: { logLevel: 'error' } },
    });
    host.setLogLevel('talker', 'debug');
    await request.get('/talk');
    deepEqual(written(), all.slice(1));
    await host.reload('talker');
    await request.get('/talk');
    deepEqual(written(), all.slice(1));
    equal(statusOf(host, 'talker').logLevel, 'debug');
    host.setLogLevel('talker', undefined);
    await request.get('/talk');
    deepEqual(written(), ['error']);
  });

  it('holds for logs that are not pino’s, too, which keep the last word', async () => {
    const { host, request, logs } = await serve({ plugins: [TalkerPlugin] });
    host.setLogLevel('talker', 'warn');
    await request.get('/talk');
    deepEqual(
      logs.map(({ level, plugin }) => `${plugin as string} ${level}`),
      ['talker warn', 'talker error'],
    );
  });

  it('keeps lines that are not written from those who listen', async () => {
    const { host, request } = await serve({ plugins: [TalkerPlugin], log: appLog('info').log });
    const heard: string[] = [];
    host.monitor.onLog(({ level }) => heard.push(level));
    host.setLogLevel('talker', 'warn');
    await request.get('/talk');
    deepEqual(heard, ['warn', 'error']);
  });

  it('is changed by plugins that the app has granted control', async () => {
    const { log, written } = appLog('info');
    const { request } = await serve({
      plugins: [TalkerPlugin, OperatorPlugin],
      log,
      settings: { operator: { grants: ['control'] } },
    });
    await request.get('/levels/talker/silent').expect(200);
    await request.get('/talk');
    deepEqual(written(), []);
  });

  it('is refused where there is no such level, or no such plugin', async () => {
    const { host } = await serve({ plugins: [TalkerPlugin] });
    throws(() => host.setLogLevel('talker', 'loud' as LogLevel), {
      code: 'INVALID_LOG_LEVEL',
      fix: /'trace', .*'silent'/,
    });
    throws(() => host.setLogLevel('talkr', 'info'), { code: 'UNKNOWN_PLUGIN', fix: /talker/ });
  });

  it('has its plugin alone fail where the settings have none that there is', async () => {
    const settings = { talker: { logLevel: 'loud' } } as unknown as HostOptions['settings'];
    const { host } = await serve({ plugins: [TalkerPlugin, OperatorPlugin], settings });
    const { failure } = statusOf(host, 'talker');
    equal(failure?.code, 'INVALID_SETTINGS');
    match(failure?.message ?? '', /logLevel: must be 'trace', .* or 'silent', but is a string/);
  });

  it('is what the settings say at each reload, unless another was set while it runs', async () => {
    const environment: Record<string, string> = { PLUGBOARD_TALKER_LOG_LEVEL: 'warn' };
    const { log, written } = appLog('info');
    const { host, request } = await serve({ plugins: [TalkerPlugin], log, environment });
    environment['PLUGBOARD_TALKER_LOG_LEVEL'] = 'error';
    await host.reload('talker');
    written();
    await request.get('/talk');
    deepEqual(written(), ['error']);
    host.setLogLevel('talker', 'debug');
    await host.reload('talker');
    equal(statusOf(host, 'talker').logLevel, 'debug');
    host.setLogLevel('talker', undefined);
    equal(statusOf(host, 'talker').logLevel, 'error');
  });
});

describe('the log of a plugin', () => {
  afterEach(closeHosts);

  it('is there in its constructor, and has the plugin’s name also after it was stopped', async () => {
    let kept: Logger | undefined;
    @Plugin({ name: 'keeper' })
    class KeeperPlugin {
      constructor(log: Logger) {
        log.info('made');
        kept = log;
      }
    }
    const { log, lines } = appLog('info');
    const { host } = await serve({ plugins: [KeeperPlugin], log });
    await host.unload('keeper');
    kept?.warn('still here');
    await host.close();
    kept?.warn('and here');
    deepEqual(
      lines.filter(({ plugin }) => plugin === 'keeper').map(({ msg }) => msg),
      ['made', 'still here', 'and here'],
    );
  });
});

describe('a line of a request', () => {
  afterEach(closeHosts);

  it('has the request’s id and the plugin’s name where the action has asked for its log', async () => {
    const { log, lines } = appLog('info');
    const { request } = await serve({ plugins: [TalkerPlugin], log });
    await request.get('/talk/request').set('X-Request-Id', 'r7').expect(200);
    const { plugin, requestId, order, msg } = lines.find((line) => line['requestId']) ?? ({} as Line);
    deepEqual(
      { plugin, requestId, order, msg },
      { plugin: 'talker', requestId: 'r7', order: 7, msg: 'of a request' },
    );
  });

  it('has them where a request-scoped service writes it', async () => {
    const { log, lines } = appLog('info');
    const { request } = await serve({ plugins: [DoormanPlugin], log });
    await request.get('/door').set('X-Request-Id', 'r8').expect(200);
    const line = lines.find(({ msg }) => msg === 'welcome');
    deepEqual([line?.plugin, line?.['requestId']], ['doorman', 'r8']);
  });
});
