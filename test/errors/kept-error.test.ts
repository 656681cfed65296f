import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { keptError } from '#lib/errors/kept-error.js';
import { PluginError } from '#lib/errors/plugin-error.js';

function fault(cause?: unknown): PluginError {
  const details = { code: 'START_FAILED', plugin: 'p', phase: 'start', message: 'it failed' } as const;
  return new PluginError({ ...details, fix: 'mend it', path: ['p', 'Store'], cause });
}

class OwnError extends TypeError {
  override name = 'OwnError';
  readonly code = 'E_OWN';
  readonly plugin = OwnError;
}

describe('a fault that is kept', () => {
  it('says what it said', () => {
    const error = fault(new OwnError('no disk', { cause: new RangeError('full') }));
    const kept = keptError(error);
    const { code, plugin, phase, message, fix, path, stack } = error;
    deepEqual(
      { ...kept, stack: kept.stack, message: kept.message },
      { name: 'PluginError', code, plugin, phase, message, fix, path, stack },
    );
    const cause = kept.cause as NodeJS.ErrnoException;
    deepEqual([cause.name, cause.message, cause.code], ['OwnError', 'no disk', 'E_OWN']);
    equal(cause.stack, (error.cause as Error).stack);
    ok(cause instanceof TypeError && cause.cause instanceof RangeError);
    equal(cause.cause.message, 'full');
  });

  it('holds nothing of what the plugin has thrown', () => {
    const error = new OwnError('no disk');
    const { cause } = keptError(fault(error));
    notEqual(cause, error);
    ok(!(cause instanceof OwnError) && !Object.hasOwn(cause as object, 'plugin'));
    match(String(keptError(fault({ plugin: OwnError })).cause), /plugin:.*was thrown$/);
  });

  it('has the errors in an error, and the faults of others', () => {
    const inner = fault(new OwnError('inside'));
    const { cause } = keptError(fault(new AggregateError([inner, 'text', new OwnError('a')], 'all')));
    ok(cause instanceof AggregateError);
    const [first, second, third] = cause.errors as [PluginError, string, Error];
    ok(first instanceof PluginError && !(first.cause instanceof OwnError));
    deepEqual([second, third.message, third instanceof OwnError], ['text', 'a', false]);
  });

  it('ends where causes go in a circle', () => {
    const error: Error = new Error('outer');
    error.cause = new Error('inner', { cause: error });
    const kept = keptError(fault(error)).cause as Error;
    equal((kept.cause as Error).cause, undefined);
  });

  it('is itself where there is nothing to be held', () => {
    for (const cause of [undefined, null, 'text', 5]) {
      const error = fault(cause);
      equal(keptError(error), error);
    }
  });
});
