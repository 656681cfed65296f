import { deepEqual, equal } from 'node:assert/strict';
import { stub, type SinonStub } from 'sinon';
import type { Claim, Participant } from '#lib/supervision/escapes/participant.js';
import { interposeEvents } from '#lib/supervision/escapes/process-events.js';

/** Claims each error as one that it has found so deep in its stack; with no depth, none. */
class Claimant implements Participant {
  readonly asked: unknown[][] = [];
  readonly taken: unknown[] = [];

  constructor(readonly depth?: number) {}

  claim(origin: string, thrown: unknown): Claim | undefined {
    this.asked.push([origin, thrown]);
    return this.depth === undefined ? undefined : { depth: this.depth, take: () => this.taken.push(thrown) };
  }

  guard(): void {}
}

describe('an event of the process', () => {
  let before: SinonStub;
  beforeEach(() => {
    before = stub(process, 'emit').callsFake((() => 'answer of before') as never);
  });
  afterEach(() => before.restore());

  /** What Node is answered when it tells of these, one after the other. */
  function tell(participants: readonly Participant[], ...events: unknown[][]): unknown[] {
    const ours = interposeEvents(new Set(participants));
    ours.place();
    try {
      return events.map((event) => Reflect.apply(process.emit, process, event) as unknown);
    } finally {
      ours.remove();
    }
  }

  const error = new Error('boom');
  const promise = Promise.resolve();

  it('is taken where it is an error of a plugin: Node is told that it was handled, and nobody else hears of it', () => {
    const claimant = new Claimant(0);
    deepEqual(tell([claimant], ['uncaughtException', error, 'uncaughtException']), [true]);
    deepEqual(claimant.asked, [['uncaughtException', error]]);
    deepEqual(claimant.taken, [error]);
    deepEqual(before.args, []);
  });

  it('is told to who only monitors where it is a rejection: of exceptions Node itself tells them', () => {
    const claimant = new Claimant(0);
    deepEqual(tell([claimant], ['unhandledRejection', error, promise]), [true]);
    deepEqual(claimant.asked, [['unhandledRejection', error]]);
    deepEqual(claimant.taken, [error]);
    deepEqual(before.args, [['uncaughtExceptionMonitor', error, 'unhandledRejection']]);
  });

  it('goes its way where nobody claims it, and the answer is that of who was there before', () => {
    const participants = [new Claimant(), new Claimant()];
    const events = [
      ['uncaughtException', error, 'uncaughtException'],
      ['unhandledRejection', error, promise],
      ['unhandledRejection', undefined, promise],
    ];
    deepEqual(
      tell(participants, ...events),
      events.map(() => 'answer of before'),
    );
    deepEqual(before.args, events);
    equal(before.thisValues[0], process);
  });

  it('goes its way unasked where it is no error', () => {
    const claimant = new Claimant(0);
    const events = [
      ['warning', error],
      ['exit', 0],
      ['uncaughtExceptionMonitor', error],
      [Symbol.for('own'), error],
    ];
    deepEqual(
      tell([claimant], ...events),
      events.map(() => 'answer of before'),
    );
    deepEqual(claimant.asked, []);
    deepEqual(before.args, events);
  });

  it('is one where a rejection is raised as an exception and then told of as well', () => {
    for (const reason of [error, undefined]) {
      const claimant = new Claimant(0);
      const answers = tell(
        [claimant],
        ['uncaughtException', reason, 'unhandledRejection'],
        ['unhandledRejection', reason, promise],
      );
      deepEqual(answers, [true, true]);
      deepEqual(claimant.asked, [['unhandledRejection', reason]]);
      deepEqual(claimant.taken, [reason]);
    }
    deepEqual(before.args, []);
  });

  it('is one where the reason is no error, and what is raised quotes it', () => {
    const quoting = Object.assign(new Error('the reason "a text"'), { code: 'ERR_UNHANDLED_REJECTION' });
    const claimant = new Claimant(0);
    const answers = tell(
      [claimant],
      ['uncaughtException', quoting, 'unhandledRejection'],
      ['unhandledRejection', 'a text', promise],
      ['unhandledRejection', 'another', promise],
      ['uncaughtException', quoting, 'unhandledRejection'],
      ['unhandledRejection', error, promise],
    );
    deepEqual(answers, [true, true, true, true, true]);
    deepEqual(claimant.taken, [quoting, 'another', quoting, error]);
  });

  it('is another where the same is thrown and a promise is rejected with it', () => {
    const claimant = new Claimant(0);
    tell(
      [claimant],
      ['uncaughtException', error, 'unhandledRejection'],
      ['uncaughtException', error, 'uncaughtException'],
      ['unhandledRejection', error, promise],
      ['uncaughtException', error, 'uncaughtException'],
    );
    deepEqual(
      claimant.asked.map(([origin]) => origin),
      ['unhandledRejection', 'uncaughtException', 'unhandledRejection', 'uncaughtException'],
    );
  });

  it('is of who has found it the innermost, of several, and of the first of equals', () => {
    const claimants = [4, undefined, 2, 3, 2].map((depth) => new Claimant(depth));
    deepEqual(tell(claimants, ['uncaughtException', error, 'uncaughtException']), [true]);
    deepEqual(
      claimants.map(({ taken }) => taken.length),
      [0, 0, 1, 0, 0],
    );
  });
});
