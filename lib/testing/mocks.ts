import { tokenName, type Asked, type Token } from 'plugboard';
import { partialMock } from './partial-mock.ts';
import { recordingMock, type Recorder } from './recording-mock.ts';

export type { Recorder } from './recording-mock.ts';

/** A mock as tests look at it; `calls` and `returns` are there on functions that `.autoMock()` made. */
export type Mocked<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? T[K] & Partial<Recorder<A, R>> : T[K];
};

/** The mocks of one test. */
export interface Mocks {
  /** The stand-in for `token`. Throws where it was not mocked. */
  get<T>(token: Token<T>): Mocked<T>;
}

/** What a test puts in place of services, and whether all of it was of use. */
export class StandIns implements Mocks {
  readonly #given = new Map<Token, unknown>();
  readonly #used = new Set<Token>();
  readonly #missing: Asked[] = [];
  readonly #asked: Asked[] = [];
  autoMock = false;

  mock(token: Token, partial: unknown): void {
    this.#given.set(token, partialMock(tokenName(token), partial));
  }

  provide(token: Token, value: unknown): void {
    this.#given.set(token, value);
  }

  /** To be given to the host as its `substitute`. */
  readonly substitute = (asked: Asked): { readonly value: unknown } | undefined => {
    this.#asked.push(asked);
    const { token, owner, optional } = asked;
    if (owner === undefined && this.autoMock && !this.#given.has(token)) {
      this.#given.set(token, recordingMock(tokenName(token)));
    }
    if (this.#given.has(token)) {
      this.#used.add(token);
      return { value: this.#given.get(token) };
    }
    if (owner === undefined && !optional) this.#missing.push(asked);
    return undefined;
  };

  get<T>(token: Token<T>): Mocked<T> {
    if (this.#given.has(token)) return this.#given.get(token) as Mocked<T>;
    const known = [...this.#given.keys()].map(tokenName).join(', ') || 'nothing';
    throw new Error(`${tokenName(token)} is not mocked in this test (mocked: ${known}). ${mockLine(token)}`);
  }

  /** The error for imports that nobody gave, with the lines to add; undefined where there are none. */
  missing(): Error | undefined {
    if (this.#missing.length === 0) return undefined;
    const paths = this.#missing.map(({ path }) => `  ${path.join(' → ')}`);
    const lines = [...new Set(this.#missing.map(({ token }) => `  ${mockLine(token)}`))];
    return new Error(
      `The plugin imports what this test neither mocks nor provides:\n${paths.join('\n')}\nAdd before .start():\n${lines.join('\n')}\nor .autoMock() for all of them.`,
    );
  }

  /** The error for mocks that nothing asked for; undefined where there are none. */
  unused(): Error | undefined {
    const unused = [...this.#given.keys()].filter((token) => !this.#used.has(token)).map(tokenName);
    if (unused.length === 0) return undefined;
    const asked = [...new Set(this.#asked.map(({ token }) => tokenName(token)))].join(', ');
    return new Error(
      `Mocked but never asked for: ${unused.join(', ')}. It would silently do nothing. ` +
        `The plugin binds or imports: ${asked}. Remove the line, or mock the very class or token that the plugin names.`,
    );
  }
}

function mockLine(token: Token): string {
  return `.mock(${tokenName(token)}, { … })`;
}
