import { deepEqual, equal, match } from 'node:assert/strict';
import { useFakeTimers } from 'sinon';
import { stopTimeout } from '#lib/errors/lifecycle-errors.js';
import { insideBoundary } from '#lib/supervision/boundary.js';
import { inDependencyOrder } from '#lib/supervision/start-order.js';
import { faultOf } from '../support/containers.ts';

describe('the boundary', () => {
  const boundary = { plugin: 'p', phase: 'stop' } as const;

  it('lets values through', async () => {
    equal(await insideBoundary(boundary, () => 7), 7);
    equal(await insideBoundary(boundary, async () => Promise.resolve(8)), 8);
  });

  it('makes a PluginError of whatever is thrown', async () => {
    const thrown = await faultOf(
      insideBoundary(boundary, () => {
        throw null;
      }),
    );
    deepEqual([thrown.code, thrown.plugin, thrown.phase], ['UNEXPECTED', 'p', 'stop']);
    match(thrown.message, /"p" failed in the phase "stop": null was thrown/);
  });

  it('passes a PluginError on as it is', async () => {
    const fault = stopTimeout('q', 'Q', 5);
    equal(await faultOf(insideBoundary(boundary, async () => Promise.reject(fault))), fault);
  });

  it("keeps its own time under a test's fake timers", async () => {
    const clock = useFakeTimers();
    try {
      const fault = await faultOf(
        insideBoundary(
          { ...boundary, limitMs: 10, onTimeout: (limitMs) => stopTimeout('p', 'P', limitMs) },
          async () => new Promise<never>(() => undefined),
        ),
      );
      equal(fault.code, 'STOP_TIMEOUT');
    } finally {
      clock.restore();
    }
  });
});

describe('the order of starting', () => {
  it('starts what depends on nothing at once, and the rest as soon as it can', async () => {
    const calls: string[] = [];
    const dependencies: Readonly<Record<string, readonly string[]>> = { c: ['a'], b: [], a: ['outside'] };
    const times: Readonly<Record<string, number>> = { a: 20, b: 60, c: 1 };
    await inDependencyOrder(
      ['a', 'b', 'c'],
      (name) => dependencies[name] ?? [],
      async (name) => {
        calls.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, times[name]));
        calls.push(`${name} ends`);
      },
    );
    deepEqual(calls, ['a begins', 'b begins', 'a ends', 'c begins', 'c ends', 'b ends']);
  });
});
