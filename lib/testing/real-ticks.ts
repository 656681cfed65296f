// Taken at once, before a test fakes anything.
const { nextTick } = process;

/**
 * Makes `process.nextTick` real again where a test's fake timers have taken it, as sinon's do by default: Node itself
 * stands on it, so no server would start and no answer come. All else stays fake.
 */
export function keepTicksReal(): void {
  if (process.nextTick !== nextTick && 'clock' in process.nextTick) process.nextTick = nextTick;
}
