/** What was asked for makes no sense. The message is all that is shown, with how to ask instead. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}
