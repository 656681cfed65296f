/** What was asked for makes no sense. The message is all that is shown, with how to ask instead. */
export class UsageError extends Error {
  readonly code = 'USAGE';

  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}

/** Where to read on about arguments that are wrong. */
export const usageHint = 'plugboard --help shows all commands, plugboard <command> --help its options.';
