import { answers } from './answers.ts';
import { calls } from './calls.ts';
import { endless } from './endless.ts';
import { escapes } from './escapes.ts';
import type { Fault } from './fault.ts';
import { loading } from './loading.ts';
import { memory } from './memory.ts';

/** Every way to break, by kind. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  'what is loaded': loading,
  'what the host calls': calls,
  'what does not end': endless,
  'what nobody can catch': escapes,
  'what is answered': answers,
  'what takes up memory': memory,
};
