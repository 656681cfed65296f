import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { unreadableTypeScript, wrongTypeScript } from '../errors/check-errors.ts';
import type { Finding } from './finding.ts';
import { readSettingsFile } from './settings-file.ts';
import { ownerOf, type SettingsPlace } from './settings-place.ts';

/** What decorators need, as plugins use them. */
const needed = ['experimentalDecorators', 'emitDecoratorMetadata'];

/** What the nearest tsconfig.json of each place has wrong; each file is told of once. */
export function typeScriptFindings(places: readonly SettingsPlace[]): readonly Finding[] {
  const files = new Map(
    places.map((place) => [nearest(place.folder), ownerOf(place, nearest(place.folder))]),
  );
  return [...files].flatMap(([file, plugin]) =>
    file === undefined ? [] : findingOf(file).map((finding) => ({ ...finding, plugin })),
  );
}

function findingOf(file: string): Finding[] {
  try {
    const { value, lineOf } = readSettingsFile(file);
    // A file that only names others says nothing of its own.
    if ('references' in (value as object) && !('compilerOptions' in (value as object))) return [];
    const options = compilerOptions(file, value);
    const missing = needed.filter((option) => options[option] !== true);
    if (missing.length === 0) return [];
    const keys = ['compilerOptions', missing.find((option) => option in options) ?? ''];
    const anchor = { kind: 'file', file, line: lineOf(keys) } as const;
    return [{ error: wrongTypeScript(file, missing), anchor }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ error: unreadableTypeScript(file, reason), anchor: { kind: 'file', file, line: 1 } }];
  }
}

type Options = Readonly<Record<string, unknown>>;

/** With those of the files that it extends. */
function compilerOptions(file: string, value: unknown, seen: readonly string[] = []): Options {
  const { extends: bases = [], compilerOptions: own } = value as {
    extends?: string | string[];
    compilerOptions?: Options;
  };
  const inherited = [bases].flat().map((base) => {
    const path = resolveBase(base, file);
    if (path === undefined || seen.includes(path)) return {};
    return compilerOptions(path, readSettingsFile(path).value, [...seen, file]);
  });
  return Object.assign({}, ...inherited, own) as Options;
}

function resolveBase(base: string, file: string): string | undefined {
  if (/^[./]/.test(base)) {
    const path = resolve(dirname(file), base);
    return [path, `${path}.json`].find((candidate) => candidate.endsWith('.json') && existsSync(candidate));
  }
  const { resolve: find } = createRequire(file);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const path = find(name);
      if (path.endsWith('.json')) return path;
    } catch {
      // The next spelling may be there.
    }
  }
  return undefined;
}

function nearest(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json');
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder));
}
