import type { FSWatcher, StatWatcher } from 'node:fs';
import { facadeOf, type Handle } from './handle.ts';
import type { ResourceKind } from './resource-kind.ts';

/** Of `fs.watch`, and of the one in `node:fs/promises`, which has a handle only. */
export const watcherKind: ResourceKind<Handle> = {
  name: 'watcher',
  isOpen: (handle) => {
    const watcher = facadeOf<FSWatcher & { readonly _handle: unknown }>(handle);
    // Nothing else may be asked of a handle that may be closed: its `initialized` ends the process then.
    return watcher ? watcher._handle === handle : handle.hasRef();
  },
  close: async (handle) => {
    const watcher = facadeOf<FSWatcher>(handle);
    if (watcher) watcher.close();
    else await new Promise<void>((resolve) => handle.close(resolve));
  },
};

/** Of `fs.watchFile`: one for each file, whoever watches it. */
export const fileStatKind: ResourceKind<object> = {
  name: 'watcher',
  isOpen: (handle) => (facadeOf<StatWatcher>(handle)?.listenerCount('change') ?? 0) > 0,
  close: (handle) => {
    const watcher = facadeOf<StatWatcher>(handle);
    // Whose the others are can't be told. It goes on asking, in vain: to be stopped, its file would have to be known.
    if (watcher?.listenerCount('change') === 1) watcher.removeAllListeners('change').unref();
  },
};
