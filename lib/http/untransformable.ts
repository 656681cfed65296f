/**
 * What in a client's value class-transformer stumbles over: it takes a property called `constructor` for the class, and
 * calls itself for each level. undefined where it is nothing of that.
 */
export function whyUntransformable(value: unknown): string | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return 'it is nested too deeply';
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      if (!Array.isArray(one) && Object.hasOwn(one, 'constructor'))
        return 'no property may be called "constructor"';
      for (const inner of Object.values(one)) next.push(inner);
    }
    level = next;
  }
  return undefined;
}

const deepest = 500;
