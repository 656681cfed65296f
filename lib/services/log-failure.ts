import { describeThrown } from '../errors/lifecycle-errors.ts';

/** Told of what a log has thrown, or rejected with. */
export type LogFailureListener = (error: unknown) => void;

/** Says the first failure on standard error. */
export function sayingOnce(): LogFailureListener {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    process.stderr.write(
      `Plugboard: the log has failed, and lines of it are lost: ${describeThrown(error)}\n` +
        'Look at what was given as createHost({ log }), or at where standard output goes. This is said once; the host goes on.\n',
    );
  };
}
