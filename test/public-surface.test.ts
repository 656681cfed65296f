import { deepEqual } from 'node:assert/strict';
import * as plugboard from 'plugboard';
import * as openapi from 'plugboard/plugins/openapi';
import * as openapiTesting from 'plugboard/plugins/openapi/testing';
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
      'Secret',
      'controllersHandler',
      'createHost',
      'createServer',
      'defineConfig',
      'extensionPoint',
      'pluginOptions',
      'pluginStates',
      'readConfig',
      'routingControllersErrorBody',
      'token',
      'tokenName',
    ]);
  });

  it('of plugboard/plugins/openapi is these names', () => {
    deepEqual(Object.keys(openapi).sort(), [
      'ApiDocuments',
      'ApiOperation',
      'JSONSchema',
      'OpenApiConfig',
      'OpenApiPlugin',
    ]);
    deepEqual(Object.keys(openapiTesting).sort(), ['Conformance', 'conformance']);
  });

  it('of plugboard/testing is these names', () => {
    deepEqual(Object.keys(testing).sort(), ['testHost', 'testPlugin']);
  });
});
