/** An error as values alone, which keep nothing of whoever has made it in memory. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly cause?: PlainError | undefined;
}

export function plainError(error: Error, depth = 0): PlainError {
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    stack,
    code: typeof code === 'string' ? code : undefined,
    cause: cause instanceof Error && depth < deepest ? plainError(cause, depth + 1) : undefined,
  };
}

/** Causes may go round. */
const deepest = 8;
