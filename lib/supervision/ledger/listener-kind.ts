import { EventEmitter, getEventListeners } from 'node:events';
import type { ResourceKind } from './resource-kind.ts';

/** What can be listened to. */
export type Listenable = EventEmitter | EventTarget;

/** A listener on an object of the host's. */
export interface AddedListener {
  readonly target: Listenable;
  readonly event: string;
  readonly listener: (...args: unknown[]) => void;
  /** Of an `EventTarget`: without it the listener is not found. */
  readonly capture?: boolean;
}

export const listenerKind: ResourceKind<AddedListener> = {
  name: 'listener',
  isOpen: ({ target, event, listener }) => getEventListeners(target, event).includes(listener),
  close: ({ target, event, listener, capture }) => {
    if (target instanceof EventEmitter) target.removeListener(event, listener);
    else target.removeEventListener(event, listener, { capture: capture ?? false });
  },
  // A pipeline, a `fetch` with a signal: Node takes away what it adds.
  isNodes: (files) => files.some((file) => file !== 'node:events'),
};
