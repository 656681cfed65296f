/** Options of which every one has a value. */
export type Settled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Each layer over those before it, key by key; `undefined` says nothing. Has the keys of `defaults`, and no other. */
export function overlay<T extends object>(
  defaults: Settled<T>,
  ...layers: readonly (T | undefined)[]
): Settled<T> {
  const settled: Record<string, unknown> = {};
  for (const key of Object.keys(defaults) as (keyof T & string)[]) {
    settled[key] = layers.findLast((layer) => layer?.[key] !== undefined)?.[key] ?? defaults[key];
  }
  // Each key of `defaults` has a value of its own or of a layer.
  return settled as Settled<T>;
}
