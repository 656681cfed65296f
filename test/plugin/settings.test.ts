import { deepEqual, equal } from 'node:assert/strict';
import { inspect } from 'node:util';
import { effectiveSettings } from '#lib/plugin/settings.js';

const defaults = {
  intensity: 3,
  periodMs: 60_000,
  backoff: { initialMs: 500, factor: 2, maxMs: 30_000 },
  onExceeded: 'quarantine',
  errors: { ratio: 0.5, minimum: 50, windowMs: 10_000 },
  concurrency: Number.POSITIVE_INFINITY,
};

describe('the settings in force', () => {
  it('are the defaults where nobody says anything', () => {
    deepEqual(effectiveSettings({ name: 'p' }), {
      enabled: true,
      prefix: '',
      critical: false,
      timeouts: { startMs: 10_000, requestMs: 30_000, drainMs: 10_000, stopMs: 5_000 },
      supervise: defaults,
      grants: [],
      logLevel: undefined,
    });
  });

  it("are the host's over the plugin's over the defaults, undefined values left out", () => {
    const { critical, timeouts, enabled } = effectiveSettings(
      { name: 'p', critical: true, timeouts: { startMs: 1, requestMs: 2 } },
      { critical: false, enabled: false, timeouts: { startMs: 3, requestMs: undefined } },
    );
    deepEqual([critical, enabled], [false, false]);
    deepEqual(timeouts, { startMs: 3, requestMs: 2, drainMs: 10_000, stopMs: 5_000 });
  });

  it('of supervision are laid over each other key by key, however deep', () => {
    const { supervise } = effectiveSettings(
      {
        name: 'p',
        supervise: { intensity: 5, backoff: { initialMs: 1, factor: 3 }, errors: { ratio: 0.1 } },
      },
      { supervise: { intensity: undefined, periodMs: 7, backoff: { factor: 4 }, errors: { minimum: 9 } } },
    );
    deepEqual(supervise, {
      ...defaults,
      intensity: 5,
      periodMs: 7,
      backoff: { initialMs: 1, factor: 4, maxMs: 30_000 },
      errors: { ratio: 0.1, minimum: 9, windowMs: 10_000 },
    });
  });

  for (const [plugin, host, inForce] of [
    [false, undefined, false],
    [{ ratio: 0.1 }, false, false],
    [false, { ratio: 0.1 }, { ...defaults.errors, ratio: 0.1 }],
  ] as const) {
    it(`count errors by ${inspect(inForce)} where the plugin says ${inspect(plugin)} and the host ${inspect(host)}`, () => {
      const options = { name: 'p', supervise: { errors: plugin } };
      deepEqual(effectiveSettings(options, { supervise: { errors: host } }).supervise.errors, inForce);
    });
  }

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
