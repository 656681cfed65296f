import { tokenName, type Asked, type Token } from 'plugboard';
import { contributorName } from './contributor.ts';
import type { Mocked, Mocks } from './mocks.ts';
import { recordingMock } from './recording-mock.ts';

/** What stands in for services in one run, and whether all of it was of use. */
export class StandIns implements Mocks {
  readonly #values: Map<Token, unknown>;
  readonly #used = new Set<Token>();
  readonly #missing: Asked[] = [];
  readonly #asked = new Set<Token>();

  constructor(
    given: ReadonlyMap<Token, unknown>,
    /** Extension points that the test contributes to. */
    private readonly points: readonly Token[],
    private readonly mocksAll: boolean,
  ) {
    this.#values = new Map(given);
  }

  /** To be given to the host. */
  readonly substitute = (asked: Asked): { readonly value: unknown } | undefined => {
    const { token, owner, optional } = asked;
    if (owner !== contributorName) this.#asked.add(token);
    if (owner === undefined && this.mocksAll && !this.#values.has(token))
      this.#values.set(token, recordingMock(tokenName(token)));
    if (this.#values.has(token)) {
      this.#used.add(token);
      return { value: this.#values.get(token) };
    }
    if (owner === undefined && !optional) this.#missing.push(asked);
    return undefined;
  };

  get<T>(token: Token<T>): Mocked<T> {
    if (this.#values.has(token)) return this.#values.get(token) as Mocked<T>;
    const known = [...this.#values.keys()].map(tokenName).join(', ') || 'nothing';
    throw new Error(`${tokenName(token)} is not mocked in this test (mocked: ${known}). ${mockLine(token)}`);
  }

  /** Imports that nobody gave. */
  get missing(): readonly Asked[] {
    return this.#missing;
  }

  /** Mocks that nothing asked for, and extension points that nothing injects. */
  get unused(): readonly Token[] {
    const mocks = [...this.#values.keys()].filter((token) => !this.#used.has(token));
    return [...new Set([...mocks, ...this.points.filter((point) => !this.#asked.has(point))])];
  }

  /** The names of all that could have been mocked. */
  get asked(): readonly string[] {
    return [...new Set([...this.#asked].map(tokenName))];
  }
}

/** The line that a test would write to mock `token`. */
export function mockLine(token: Token): string {
  return `.mock(${tokenName(token)}, { … })`;
}
