import { deepEqual, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { RestartPolicy, type RestartSettings, type Verdict } from '#lib/supervision/restart-policy.js';

const settings: RestartSettings = {
  intensity: 3,
  periodMs: 60_000,
  backoff: { initialMs: 500, factor: 2, maxMs: 30_000 },
};

function verdicts(policy: RestartPolicy, times: readonly number[]): readonly Verdict[] {
  return times.map((time) => policy.failed(time));
}

function restart(afterMs: number): Verdict {
  return { kind: 'restart', afterMs };
}

describe('the restart policy', () => {
  it('restarts after growing pauses, and quarantines with one failure more than the intensity', () => {
    deepEqual(verdicts(new RestartPolicy(settings), [0, 10_000, 20_000, 59_999]), [
      restart(500),
      restart(1_000),
      restart(2_000),
      { kind: 'quarantine', failures: 4 },
    ]);
  });

  it('forgets a failure when the period has passed, and so the pauses fall back', () => {
    deepEqual(verdicts(new RestartPolicy(settings), [0, 1_000, 2_000, 60_000, 200_000]), [
      restart(500),
      restart(1_000),
      restart(2_000),
      restart(2_000),
      restart(500),
    ]);
  });

  it('quarantines at the first failure where the intensity is 0', () => {
    deepEqual(new RestartPolicy({ ...settings, intensity: 0 }).failed(7), {
      kind: 'quarantine',
      failures: 1,
    });
  });

  it('restarts for ever where the intensity is Infinity, with pauses that a timer can keep', () => {
    const backoff = { initialMs: 500, factor: 2, maxMs: Number.POSITIVE_INFINITY };
    const policy = new RestartPolicy({ ...settings, intensity: Number.POSITIVE_INFINITY, backoff });
    const times = Array.from({ length: 1_100 }, (_, index) => index);
    deepEqual(verdicts(policy, times).at(-1), restart(2 ** 31 - 1));
  });

  it('restarts at once where the first pause is 0, however often it has failed', () => {
    const backoff = { ...settings.backoff, initialMs: 0 };
    const policy = new RestartPolicy({ ...settings, intensity: 2_000, backoff });
    const times = Array.from({ length: 1_100 }, (_, index) => index);
    deepEqual(verdicts(policy, times).at(-1), restart(0));
  });

  it('stays at quarantine while failures go on', () => {
    const policy = new RestartPolicy({ ...settings, intensity: 1 });
    const kinds = verdicts(policy, [0, 1, 2]).map(({ kind }) => kind);
    deepEqual(kinds, ['restart', 'quarantine', 'quarantine']);
  });

  const anySettings = fc.record({
    intensity: fc.nat({ max: 6 }),
    periodMs: fc.integer({ min: 1, max: 1_000 }),
    backoff: fc.record({
      initialMs: fc.nat({ max: 500 }),
      factor: fc.double({ min: 1, max: 10, noNaN: true }),
      maxMs: fc.nat({ max: 2_000 }),
    }),
  });
  const anyTimes = fc
    .array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 40 })
    .map((steps) => steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)));

  it('never allows more restarts than the intensity in any period', () => {
    fc.assert(
      fc.property(anySettings, anyTimes, (any, times) => {
        const policy = new RestartPolicy(any);
        const restarts = times.filter((time) => policy.failed(time).kind === 'restart');
        for (const from of restarts) {
          const within = restarts.filter((time) => time >= from && time - from < any.periodMs);
          ok(within.length <= any.intensity);
        }
      }),
    );
  });

  it('quarantines for a reason only: so many failures there really were', () => {
    fc.assert(
      fc.property(anySettings, anyTimes, (any, times) => {
        const policy = new RestartPolicy(any);
        for (const [index, time] of times.entries()) {
          const within = times.slice(0, index + 1).filter((earlier) => time - earlier < any.periodMs);
          const verdict = policy.failed(time);
          ok((verdict.kind === 'quarantine') === within.length > any.intensity);
        }
      }),
    );
  });

  it('never makes a pause shorter within a period, nor longer than the longest', () => {
    fc.assert(
      fc.property(anySettings, (any) => {
        const policy = new RestartPolicy({ ...any, periodMs: 1_000 });
        const pauses = Array.from({ length: any.intensity }, (_, time) => policy.failed(time)).map(
          (verdict) => (verdict.kind === 'restart' ? verdict.afterMs : Number.NaN),
        );
        deepEqual(
          pauses,
          pauses.toSorted((a, b) => a - b),
        );
        ok(pauses.every((pause) => pause >= 0 && pause <= any.backoff.maxMs));
      }),
    );
  });
});
