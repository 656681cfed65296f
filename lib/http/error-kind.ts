/** What an error means for a client. */
export interface ErrorKind {
  readonly status: number;
  /** Its name, message and `toJSON` are meant for the client. */
  readonly isForClient: boolean;
}

/** An Error's `httpCode` (routing-controllers' own or another copy's), or http-errors' `status` with `expose`; else 500. */
export function errorKind(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return { status: 500, isForClient: false };
  const { httpCode, status, expose } = error as { httpCode?: unknown; status?: unknown; expose?: unknown };
  if (isErrorStatus(httpCode)) return { status: httpCode, isForClient: httpCode < 500 };
  if (expose === true && isErrorStatus(status) && status < 500) return { status, isForClient: true };
  return { status: 500, isForClient: false };
}

/** As routing-controllers names it: a class's own name where nobody has set another. */
export function errorName(error: Error): string {
  return error.name && error.name !== 'Error' ? error.name : error.constructor.name;
}

function isErrorStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599;
}
