import { deepEqual } from 'node:assert/strict';
import * as plugboard from 'plugboard';
import * as testing from 'plugboard/testing';

describe('the public surface', () => {
  it('of plugboard is these names', () => {
    deepEqual(Object.keys(plugboard).sort(), [
      'HostControl',
      'HostStartError',
      'HttpRequest',
      'Logger',
      'Monitor',
      'Plugin',
      'PluginError',
      'PluginInfo',
      'Plugins',
      'RequestLog',
      'RequestSignal',
      'controllersHandler',
      'createHost',
      'createServer',
      'extensionPoint',
      'pluginOptions',
      'routingControllersErrorBody',
      'token',
      'tokenName',
    ]);
  });

  it('of plugboard/testing is these names', () => {
    deepEqual(Object.keys(testing).sort(), ['testHost', 'testPlugin']);
  });
});
