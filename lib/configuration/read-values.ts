/** The values of a file, and the line of each where it can be told. */
export interface ReadValues {
  readonly values: unknown;
  lineOf(path: readonly string[]): number | undefined;
}

/** A file that is not what it should be, with the line. The message has nothing of what is written there: it may be a secret. */
export class MalformedFile extends Error {
  constructor(
    message: string,
    readonly line: number | undefined,
    /** `cause`: what code of the file's own has thrown. */
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
