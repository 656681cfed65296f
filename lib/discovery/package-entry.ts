import type { PackageJson } from './package-json.ts';

// What Node itself matches for `import`, so that an app which imports the package gets the same module.
const conditions = new Set(['node-addons', 'node', 'import', 'module-sync', 'default']);

/**
 * The files that `import 'name'`, or `import 'name/sub'`, may mean, relative to the package's folder, best first.
 * `exports` leaves one; `main` is tried as Node does.
 */
export function packageEntries({ exports, main }: PackageJson, subpath = '.'): string[] {
  if (exports !== undefined && exports !== null) {
    const target = selectTarget(exportedTarget(exports, subpath));
    return target ? [target] : [];
  }
  if (subpath !== '.') return [subpath];
  const base = typeof main === 'string' && main ? [main, `${main}.js`, `${main}/index.js`] : [];
  return [...base, 'index.js'];
}

function exportedTarget(exports: unknown, subpath: string): unknown {
  if (
    !isRecord(exports) ||
    Array.isArray(exports) ||
    !Object.keys(exports).some((key) => key.startsWith('.'))
  ) {
    return subpath === '.' ? exports : undefined;
  }
  if (Object.hasOwn(exports, subpath)) return exports[subpath];
  for (const [key, target] of Object.entries(exports)) {
    const [before = '', after] = key.split('*');
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    return fillIn(target, subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}

function fillIn(target: unknown, match: string): unknown {
  const filled = JSON.stringify(target)?.replaceAll('*', () => JSON.stringify(match).slice(1, -1));
  return filled === undefined ? undefined : (JSON.parse(filled) as unknown);
}

function selectTarget(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRecord(target)) return undefined;
  const options = Array.isArray(target)
    ? target
    : Object.entries(target).flatMap(([condition, value]) => (conditions.has(condition) ? [value] : []));
  for (const option of options) {
    const selected = selectTarget(option);
    if (selected) return selected;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
