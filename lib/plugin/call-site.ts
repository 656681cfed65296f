import { fileURLToPath } from 'node:url';

/** A place in a file that was run: the name that V8 knows it by, and 1-based line and column. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where `callee` was called from, or undefined where V8 does not tell. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- any function may ask who called it
export function callerLocation(callee: Function): CallSite | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, frames) => frames;
    const holder: { stack?: NodeJS.CallSite[] } = {};
    Error.captureStackTrace(holder, callee);
    return toCallSite(holder.stack?.[0]);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** One line of a stack as V8 has it; undefined where it is of no file. */
export function toCallSite(frame: NodeJS.CallSite | undefined): CallSite | undefined {
  const name = frame?.getFileName() ?? undefined;
  if (!frame || !name) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  return { file, line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 };
}
