/** Deeper values are left to those who know what to do about them. */
const maximalDepth = 32;

/**
 * Whether a value is what `JSON.parse` gives, and no property of it has a name that every object has: those
 * (`constructor`, `__proto__`, …) mean something to whoever copies them.
 */
export function isOrdinaryJson(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  if (depth > maximalDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isOrdinaryJson(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key of Object.keys(value)) {
    if (key in Object.prototype) return false;
    if (!isOrdinaryJson((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}
