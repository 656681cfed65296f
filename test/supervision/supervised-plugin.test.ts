import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { PluginError } from '#lib/errors/plugin-error.js';
import { SupervisedPlugin } from '#lib/supervision/supervised-plugin.js';

function faultWith(cause: unknown): PluginError {
  return new PluginError({
    code: 'START_FAILED',
    plugin: 'p',
    phase: 'start',
    path: ['p', 'Store'],
    message: 'it failed',
    fix: 'mend it',
    cause,
  });
}

function row(): SupervisedPlugin {
  return new SupervisedPlugin({ name: 'p', version: '1.0.0', description: 'A plugin' });
}

const route = { method: 'GET', path: '/p', action: 'P.get' };

describe('a row of the table of plugins', () => {
  it('says what is known before anything runs', () => {
    deepEqual(row().status(), {
      name: 'p',
      version: '1.0.0',
      description: 'A plugin',
      critical: false,
      state: 'discovered',
      generation: 1,
      placement: 'inline',
      startedAt: undefined,
      startMs: undefined,
      routes: [],
      imports: [],
      exports: [],
      warnings: [],
      failure: undefined,
    });
  });

  it('shows routes and the time of the start only while it runs', () => {
    const plugin = row();
    plugin.routes = [route];
    plugin.on('start');
    deepEqual(plugin.status().routes, []);
    plugin.started(1, new Date(7), 12);
    const { state, routes, startedAt, startMs } = plugin.status();
    deepEqual([state, routes, startedAt, startMs], ['running', [route], new Date(7), 12]);
    plugin.on('drain');
    deepEqual([plugin.status().routes, plugin.status().startedAt], [[], undefined]);
  });

  it('counts generations as they are tried, and shows the one that runs as long as it does', () => {
    const plugin = row();
    deepEqual([plugin.nextNumber, plugin.takeNumber(), plugin.generation], [1, 1, 1]);
    deepEqual([plugin.nextNumber, plugin.takeNumber(), plugin.generation], [2, 2, 2]);
    plugin.on('start');
    plugin.started(2, new Date(), 1);
    deepEqual([plugin.takeNumber(), plugin.generation, plugin.nextNumber], [3, 2, 4]);
    plugin.started(3, new Date(), 1);
    equal(plugin.generation, 3);
  });

  it('ignores what has no place in its state', () => {
    const plugin = row();
    plugin.on('drain');
    equal(plugin.state, 'discovered');
  });

  it('holds copies of what failed, and nothing of the plugin alive', () => {
    const cause = Object.assign(new TypeError('no disk'), { plugin: { huge: true } });
    const fault = faultWith(cause);
    const plugin = row();
    plugin.fail(fault);
    const { failure, state } = plugin.status();
    equal(state, 'failed');
    deepEqual(failure, {
      code: 'START_FAILED',
      phase: 'start',
      message: 'it failed',
      fix: 'mend it',
      path: ['p', 'Store'],
      cause: { name: 'TypeError', message: 'no disk', stack: cause.stack },
    });
    notEqual(failure?.cause, cause);
  });

  for (const [thrown, cause] of [
    [undefined, undefined],
    ['text', { name: 'string', message: 'text' }],
    [{ a: 1 }, { name: 'object', message: '{ a: 1 } was thrown' }],
  ] as const) {
    it(`describes the cause ${JSON.stringify(thrown)}`, () => {
      const plugin = row();
      plugin.fail(faultWith(thrown));
      deepEqual(plugin.status().failure?.cause, cause);
    });
  }

  it('waits with a reason, and forgets it when it runs', () => {
    const plugin = row();
    plugin.wait(faultWith(undefined));
    deepEqual([plugin.state, plugin.status().failure?.code], ['waiting', 'START_FAILED']);
    plugin.on('start');
    plugin.started(1, new Date(), 1);
    equal(plugin.status().failure, undefined);
  });

  it('shows what it is told of the generation that runs', () => {
    const plugin = row();
    plugin.describe({ imports: ['Clock'], exports: ['Store'], critical: true });
    const { imports, exports, critical } = plugin.status();
    deepEqual([imports, exports, critical, plugin.name], [['Clock'], ['Store'], true, 'p']);
  });
});
