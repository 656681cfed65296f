// oxlint-disable-next-line typescript/no-explicit-any -- whatever the method takes and returns
export type Method = (this: unknown, ...args: any[]) => unknown;

/** A function of ours in the place of a method of `process`. */
export interface Interposition {
  /** Puts it there, unless it is there still. */
  place(): void;
  /**
   * Takes it away where it can be: under what somebody else has put over it meanwhile it has to stay. There it must
   * change nothing, until it is wanted again.
   */
  remove(): void;
}

/** `wrap` gets what has been there, to be called with `Reflect.apply`. */
export function interpose(name: string, wrap: (previous: Method) => Method): Interposition {
  const methods = process as unknown as Record<string, Method>;
  let placed: { readonly ours: Method; readonly previous: Method; readonly own: boolean } | undefined;
  return {
    place: () => {
      const current = methods[name];
      // Not in every kind of thread are all of them there.
      if (typeof current !== 'function' || (placed && current !== placed.previous)) return;
      const ours = wrap(current);
      placed = { ours, previous: current, own: Object.hasOwn(process, name) };
      methods[name] = ours;
    },
    remove: () => {
      if (!placed || methods[name] !== placed.ours) return;
      if (placed.own) methods[name] = placed.previous;
      else Reflect.deleteProperty(process, name);
      placed = undefined;
    },
  };
}
