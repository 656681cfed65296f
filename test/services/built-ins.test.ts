import { deepEqual, equal } from 'node:assert/strict';
import { builtInTokens } from '#lib/services/built-ins.js';
import { HostControl } from '#lib/services/host-control.js';
import { HttpRequest } from '#lib/services/http-request.js';
import { Logger } from '#lib/services/logger.js';
import { Monitor } from '#lib/services/monitor.js';
import { PluginInfo } from '#lib/services/plugin-info.js';
import { Plugins } from '#lib/services/plugins.js';
import { SupervisedPlugin } from '#lib/supervision/supervised-plugin.js';

describe('built-in services', () => {
  it('are six tokens', () => {
    deepEqual([...builtInTokens], [Logger, PluginInfo, Plugins, Monitor, HttpRequest, HostControl]);
  });

  it('tell a plugin of itself and of the request', () => {
    const info = new PluginInfo('p', '1.2.3', 'A plugin', '/api');
    deepEqual(Object.assign({}, info), {
      name: 'p',
      version: '1.2.3',
      description: 'A plugin',
      baseUrl: '/api',
    });
    const request = new HttpRequest('7', new AbortController().signal, {} as never);
    equal(request.id, '7');
    equal(request.signal.aborted, false);
  });

  it('show all plugins as they are now', () => {
    const rows = [new SupervisedPlugin({ name: 'p', version: '1.0.0', description: '' })];
    const plugins = new Plugins(() => rows.map((row) => row.status()));
    equal(plugins.find('p')?.state, 'discovered');
    rows[0]?.on('start');
    equal(plugins.find('p')?.state, 'starting');
    equal(plugins.find('q'), undefined);
    deepEqual(
      [...plugins].map(({ name }) => name),
      ['p'],
    );
  });
});
