import { deepEqual, ok, throws } from 'node:assert/strict';
import type { Participant } from '#lib/supervision/escapes/participant.js';
import { join, leave } from '#lib/supervision/escapes/process-registry.js';
import { placed } from './escapes.ts';

/** By this, all copies of Plugboard in a process find what they share. */
const shared = process as unknown as Record<symbol, unknown>;
const key = Symbol.for('plugboard.process@1');

const refusing = (what: string): Participant => ({
  claim: () => undefined,
  guard: () => {
    throw new Error(`${what} refuses`);
  },
});

describe('what takes part in what the process does', () => {
  const [one, other] = [refusing('one'), refusing('other')];
  let ofOthers: unknown;
  beforeEach(() => {
    ofOthers = shared[key];
    Reflect.deleteProperty(process, key);
  });
  afterEach(() => {
    for (const participant of [one, other]) leave(participant);
    if (ofOthers) shared[key] = ofOthers;
  });

  it('is asked from when it joins until it leaves', () => {
    join(one);
    throws(() => process.chdir('.'), { message: 'one refuses' });
    leave(one);
    process.chdir('.');
  });

  it('has the functions in place as long as one is left', () => {
    const before = placed();
    join(one);
    const during = placed();
    for (const own of during) ok(own);
    join(other);
    deepEqual(placed(), during);
    leave(one);
    deepEqual(placed(), during);
    throws(() => process.chdir('.'), { message: 'other refuses' });
    leave(other);
    deepEqual(placed(), before);
  });
});
