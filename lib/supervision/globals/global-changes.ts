import { describeChanges, takeSnapshot } from './snapshot.ts';

/** Runs `load`, and warns of what it has changed of `globalThis` and of built-in objects, if anything. */
export function watchGlobals<T>(load: () => T, warn: (warning: string) => void): T {
  const before = takeSnapshot();
  const loaded = load();
  if (loaded instanceof Promise) return untilLoaded(loaded, warn, new Window(before)) as T;
  const changes = describeChanges(before, takeSnapshot());
  for (const window of open) for (const change of changes) window.others.add(change);
  if (changes.length > 0) warn(describe(changes, 'It'));
  return loaded;
}

async function untilLoaded<T>(
  loaded: Promise<T>,
  warn: (warning: string) => void,
  window: Window,
): Promise<T> {
  try {
    return await loaded;
  } finally {
    open.delete(window);
    const { before, others, isShared } = window;
    const changes = describeChanges(before, takeSnapshot()).filter((change) => !others.has(change));
    if (changes.length > 0) warn(describe(changes, isShared ? 'It, or what was loaded beside it,' : 'It'));
  }
}

const open = new Set<Window>();

/** The time that an asynchronous load takes; others may be loaded in the midst of it. */
class Window {
  /** Changes that are known to be another's. */
  readonly others = new Set<string>();
  isShared = open.size > 0;

  constructor(readonly before: ReturnType<typeof takeSnapshot>) {
    for (const other of open) other.isShared = true;
    open.add(this);
  }
}

function describe(changes: readonly string[], whoever: string): string {
  const named = changes.slice(0, namedChanges).join(', ');
  const more = changes.length > namedChanges ? ` and ${changes.length - namedChanges} more` : '';
  return (
    `${whoever} has changed what the app and all plugins share, while it was loaded: ${named}${more}. ` +
    `Export a function instead, and import it where it is needed.`
  );
}

/** Whoever freezes all prototypes still gives one line that can be read. */
const namedChanges = 10;
