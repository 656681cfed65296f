import { interpose, type Interposition } from './interposition.ts';
import type { GuardedCall, Participants } from './participant.ts';

/** Puts a question in front of the calls that end or move the whole process: whether a plugin is calling. */
export function interposeGuards(participants: Participants): readonly Interposition[] {
  return (Object.keys(actsOnAll) as GuardedCall[]).map((call) =>
    interpose(
      call,
      (previous) =>
        function guarded(this: unknown, ...args: unknown[]): unknown {
          if (actsOnAll[call](...args)) for (const participant of participants) participant.guard(call);
          return Reflect.apply(previous, this, args);
        },
    ),
  );
}

const actsOnAll: Readonly<Record<GuardedCall, (...args: unknown[]) => boolean>> = {
  exit: () => true,
  abort: () => true,
  chdir: () => true,
  // 0 and less are groups that this process is in; signal 0 only asks whether it is there.
  kill: (pid, signal) => (pid === process.pid || Number(pid) <= 0) && signal !== 0,
};
