import type { Token } from 'plugboard';
import type { Recorder } from './recording-mock.ts';

/** What `.mock()` takes for a service of type `T`: some of an object's members, or all of a function or a value. */
export type MockOf<T> = T extends (...args: never) => unknown ? T : T extends object ? Partial<T> : T;

/**
 * A mock as tests look at it. `calls` and `returns` are on functions that `.autoMock()` made;
 * a function that the test gave is what it was.
 */
export type Mocked<T> = T extends (...args: infer A) => infer R
  ? T & Recorder<A, R>
  : T extends object
    ? { [K in keyof T]: T[K] extends (...args: infer A) => infer R ? T[K] & Recorder<A, R> : T[K] }
    : T;

/** The mocks of one test. */
export interface Mocks {
  /**
   * The stand-in for `token`.
   *
   * @throws Error where it was not mocked, with what is.
   */
  get<T>(token: Token<T>): Mocked<T>;
}
