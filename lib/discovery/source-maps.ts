import { findSourceMap, SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { CallSite } from '../plugin/call-site.ts';

type Payload = ConstructorParameters<typeof SourceMap>[0];

interface Entry {
  /** Kept as text, or where to read it: most maps are never asked for. */
  readonly json: string | (() => string);
  parsed?: SourceMap;
}

// V8 knows evaluated text by a name of ours, and Node's own support for source maps passes it by.
const maps = new Map<string, Entry>();

/** Makes positions in evaluated text readable, under the name that it was evaluated by. Returns what forgets it. */
export function registerSourceMap(name: string, json: Entry['json']): () => void {
  const entry: Entry = { json };
  maps.set(name, entry);
  return () => {
    if (maps.get(name) === entry) maps.delete(name);
  };
}

/** True while something evaluated under this name is loaded. */
export function isNameTaken(name: string): boolean {
  return maps.has(name);
}

/** Where the author wrote what V8 knows by this position; the same position where that is not known. */
export function mapPosition(file: string, line: number, column: number): CallSite {
  const mapped = mapFor(file)?.findEntry(line - 1, column - 1);
  if (!mapped || !('originalSource' in mapped)) return { file, line, column };
  const source = mapped.originalSource;
  return {
    file: source.startsWith('file:') ? fileURLToPath(source) : source,
    line: mapped.originalLine + 1,
    column: mapped.originalColumn + 1,
  };
}

/** Where `@Plugin` was called in the author's file: what its `views` and `assets` are relative to. */
export function originalLocation(callSite: CallSite): CallSite {
  return mapPosition(callSite.file, callSite.line, callSite.column);
}

/** A stack trace that shows the author's files and lines in place of evaluated text. */
export function mapStack(stack: string): string {
  return stack.replace(
    /(plugboard:[^\s()]+?):(\d+):(\d+)/g,
    (whole, file: string, line: string, column: string) => {
      const mapped = mapPosition(file, Number(line), Number(column));
      return mapped.file === file ? whole : `${mapped.file}:${mapped.line}:${mapped.column}`;
    },
  );
}

/** Maps the stacks of an error, of its causes and of the errors in it, in place. Anything else passes. */
export function mapErrorStack(error: unknown, seen: Set<unknown> = new Set()): void {
  if (!(error instanceof Error) || seen.has(error)) return;
  seen.add(error);
  const { stack } = error;
  if (typeof stack === 'string' && stack.includes('plugboard:')) {
    Reflect.defineProperty(error, 'stack', { value: mapStack(stack), configurable: true, writable: true });
  }
  mapErrorStack(error.cause, seen);
  if (error instanceof AggregateError) error.errors.forEach((inner) => mapErrorStack(inner, seen));
}

function mapFor(file: string): SourceMap | undefined {
  const entry = maps.get(file);
  if (!entry) return file.startsWith('plugboard:') ? undefined : findSourceMap(file);
  const { json } = entry;
  entry.parsed ??= new SourceMap(JSON.parse(typeof json === 'string' ? json : json()) as Payload);
  return entry.parsed;
}
