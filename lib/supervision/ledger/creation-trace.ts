import { type CallSite, toCallSite } from '../../plugin/call-site.ts';

/** Where something was made, as V8 keeps it: put into words only when it is asked for, which is slow. */
export interface Trace {
  readonly stack?: unknown;
}

// Node's default of 10 lines is used up by a library or two.
const depth = 32;

/** From the caller of `callee` outwards. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- any function may be left out
export function traceHere(callee: Function): Trace {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  const trace = {};
  Error.captureStackTrace(trace, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return trace;
}

/** Innermost first; by the names that V8 knows files by. */
export function framesOf(trace: Trace): readonly CallSite[] {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_error, frames) => frames;
    const { stack } = trace;
    return Array.isArray(stack)
      ? (stack as NodeJS.CallSite[]).flatMap((frame) => toCallSite(frame) ?? [])
      : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
