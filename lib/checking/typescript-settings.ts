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
    const faults = projectsOf(file).map(faultOf);
    const [first] = faults;
    // Which of several projects a plugin belongs to is for tsc to know: one of them may be right for it.
    return first && faults.every(({ missing }) => missing.length > 0) ? [toFinding(first)] : [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ error: unreadableTypeScript(file, reason), anchor: { kind: 'file', file, line: 1 } }];
  }
}

interface Fault {
  readonly file: string;
  readonly missing: readonly string[];
  readonly line: number;
}

function faultOf(file: string): Fault {
  const { value, lineOf } = readSettingsFile(file);
  const options = compilerOptions(file, value);
  const missing = needed.filter((option) => options[option] !== true);
  return {
    file,
    missing,
    line: lineOf(['compilerOptions', missing.find((option) => option in options) ?? '']),
  };
}

function toFinding({ file, missing, line }: Fault): Finding {
  return { error: wrongTypeScript(file, missing), anchor: { kind: 'file', file, line } };
}

/** The file itself, where it is one of a project, and those that it refers to. */
function projectsOf(file: string): string[] {
  const {
    references = [],
    files,
    compilerOptions: own,
  } = readSettingsFile(file).value as {
    references?: { path?: unknown }[];
    files?: unknown[];
    compilerOptions?: unknown;
  };
  const isOnlyAList = references.length > 0 && (own === undefined || files?.length === 0);
  const others = references.flatMap(({ path }) => {
    const place = resolve(dirname(file), String(path));
    const project = place.endsWith('.json') ? place : join(place, 'tsconfig.json');
    return existsSync(project) ? [project] : [];
  });
  return [...(isOnlyAList ? [] : [file]), ...others];
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
