import { EventEmitter } from 'node:events';
import type { AddedListener, Listenable } from './listener-kind.ts';

// oxlint-disable-next-line typescript/no-unsafe-function-type -- for the trace: where our own lines end
type Note = (added: AddedListener, callee: Function) => void;

/** Hears of each listener that is added to `target` from now on. Returns what ends that. */
export function watchListeners(target: Listenable, note: Note): () => void {
  const notes = watched.get(target) ?? watchAnew(target);
  notes.all.add(note);
  return () => {
    notes.all.delete(note);
    if (notes.all.size > 0) return;
    watched.delete(target);
    notes.end();
  };
}

interface Notes {
  readonly all: Set<Note>;
  end(): void;
}

// One for each object: several hosts may share it, and an emitter warns of many listeners.
const watched = new WeakMap<Listenable, Notes>();

function watchAnew(target: Listenable): Notes {
  const all = new Set<Note>();
  const end = target instanceof EventEmitter ? watchEmitter(target, all) : watchTarget(target, all);
  const notes = { all, end };
  watched.set(target, notes);
  return notes;
}

function watchEmitter(target: EventEmitter, all: ReadonlySet<Note>): () => void {
  const onNew = (event: string, listener: AddedListener['listener']): void => {
    // Ours is not the only method that may stand in the place of `process.emit`: nothing from there on is the author's.
    for (const note of all) note({ target, event, listener }, target.emit);
  };
  target.on('newListener', onNew);
  return () => {
    target.off('newListener', onNew);
  };
}

/** It tells nobody of its listeners, so its method is stood in for, on this one object. */
function watchTarget(target: EventTarget, all: ReadonlySet<Note>): () => void {
  const { addEventListener } = target;
  const stands = Reflect.defineProperty(target, 'addEventListener', {
    configurable: true,
    writable: true,
    value: function add(...args: Parameters<EventTarget['addEventListener']>): void {
      addEventListener.apply(target, args);
      const [event, listener, options] = args;
      const capture = typeof options === 'object' ? options?.capture : options;
      const added = { target, event, listener: listener as AddedListener['listener'] };
      for (const note of all) note({ ...added, capture: capture ?? false }, add);
    },
  });
  return () => {
    if (stands) Reflect.deleteProperty(target, 'addEventListener');
  };
}
