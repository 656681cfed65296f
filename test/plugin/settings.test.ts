import { deepEqual, equal } from 'node:assert/strict';
import { effectiveSettings } from '#lib/plugin/settings.js';

describe('the settings in force', () => {
  it('are the defaults where nobody says anything', () => {
    deepEqual(effectiveSettings({ name: 'p' }), {
      enabled: true,
      prefix: '',
      critical: false,
      timeouts: { startMs: 10_000, requestMs: 30_000, stopMs: 5_000 },
      config: undefined,
    });
  });

  it("are the host's over the plugin's over the defaults, undefined values left out", () => {
    const { critical, timeouts, enabled, config } = effectiveSettings(
      { name: 'p', critical: true, timeouts: { startMs: 1, requestMs: 2 } },
      { critical: false, enabled: false, timeouts: { startMs: 3, requestMs: undefined }, config: { a: 1 } },
    );
    deepEqual([critical, enabled, config], [false, false, { a: 1 }]);
    deepEqual(timeouts, { startMs: 3, requestMs: 2, stopMs: 5_000 });
  });

  for (const [host, plugin, joined] of [
    ['', '', ''],
    ['/', '/', ''],
    ['api/', '/v1', '/api/v1'],
    ['/api', 'v1//x/', '/api/v1/x'],
    ['/api', undefined, '/api'],
  ] as const) {
    it(`join the prefixes '${host}' and '${plugin ?? 'none'}' to '${joined}'`, () => {
      equal(effectiveSettings({ name: 'p', prefix: plugin }, {}, host).prefix, joined);
    });
  }

  it("take the host's prefix for a plugin in place of the plugin's own", () => {
    equal(
      effectiveSettings({ name: 'p', prefix: '/own' }, { prefix: '/other' }, '/api').prefix,
      '/api/other',
    );
    equal(effectiveSettings({ name: 'p', prefix: '/own' }, { prefix: '' }, '/api').prefix, '/api');
  });
});
