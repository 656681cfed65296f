import type { Origin } from './escape.ts';
import { interpose, type Interposition, type Method } from './interposition.ts';
import type { Claim, Participants } from './participant.ts';

/**
 * Node asks `process.emit` whether anyone has handled an error, and ends the process where nobody has. Errors of
 * plugins are handled there, before any listener: one of the app's may end the process, or fail a test for them.
 * Everything else goes its way, untouched.
 */
export function interposeEvents(participants: Participants): Interposition {
  return interpose('emit', (previous) => {
    let raised: Raised | undefined;
    function emit(this: unknown, ...args: unknown[]): unknown {
      const [event, thrown, origin] = args;
      if (!isOrigin(event)) return Reflect.apply(previous, this, args);
      const before = raised;
      raised = undefined;
      if (event === 'unhandledRejection' && before && isOf(before, thrown)) return true;
      const isRaised = origin === 'unhandledRejection';
      const claim = innermostClaim(participants, isRaised ? origin : event, thrown);
      if (!claim) return Reflect.apply(previous, this, args);
      if (event === 'unhandledRejection') tellMonitors(previous, thrown);
      else if (isRaised) raised = { thrown };
      claim.take();
      return true;
    }
    return emit;
  });
}

/**
 * A rejection that was raised as an exception, and taken. With `--unhandled-rejections=strict` Node tells of each twice: it raises
 * the reason, or where that is no error one that quotes it, and then tells of the reason itself.
 */
interface Raised {
  readonly thrown: unknown;
}

function isOf({ thrown }: Raised, reason: unknown): boolean {
  return thrown === reason || (isQuoting(thrown) && !isErrorLike(reason));
}

function isQuoting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_UNHANDLED_REJECTION';
}

/** As Node decides it. */
function isErrorLike(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && Object.hasOwn(reason, 'stack');
}

function isOrigin(event: unknown): event is Origin {
  return event === 'uncaughtException' || event === 'unhandledRejection';
}

function innermostClaim(participants: Participants, origin: Origin, thrown: unknown): Claim | undefined {
  let innermost: Claim | undefined;
  for (const participant of participants) {
    const claim = participant.claim(origin, thrown);
    if (claim && (!innermost || claim.depth < innermost.depth)) innermost = claim;
  }
  return innermost;
}

/** As Node does for a rejection that nobody handles: who only watches sees it, in whatever way it is handled. */
function tellMonitors(emit: Method, reason: unknown): void {
  Reflect.apply(emit, process, ['uncaughtExceptionMonitor', reason, 'unhandledRejection']);
}
