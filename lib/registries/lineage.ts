/** A class and those that it extends, its own first; empty for what is no class. */
export function lineage(type: unknown): unknown[] {
  return typeof type === 'function' ? [type, ...lineage(Object.getPrototypeOf(type))] : [];
}
