import { readableTime, shortened } from './text.ts';

/** One line of a plugin's log, as a page shows it. */
export interface LogEntry {
  /** Rises by one with each line of the host. */
  readonly number: number;
  readonly at: string;
  readonly level: string;
  readonly message: string;
  /** The fields, as JSON; empty where there are none. */
  readonly fields: string;
}

interface Line {
  readonly at: Date;
  readonly level: string;
  readonly plugin?: string | undefined;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The last lines of each plugin. */
export class LogBook {
  readonly #byPlugin = new Map<string, LogEntry[]>();
  #number = 0;

  of(plugin: string): readonly LogEntry[] {
    return this.#byPlugin.get(plugin) ?? [];
  }

  /** Keeps a line as text; undefined where it is of no plugin. */
  add({ at, level, plugin, message, fields }: Line): LogEntry | undefined {
    if (plugin === undefined) return undefined;
    this.#number += 1;
    const entry: LogEntry = {
      number: this.#number,
      at: readableTime(at),
      level,
      message: shortened(message, keptText),
      fields: fieldsText(fields),
    };
    const entries = this.#byPlugin.get(plugin) ?? [];
    this.#byPlugin.set(plugin, entries);
    if (entries.push(entry) > keptLines) entries.shift();
    return entry;
  }
}

const keptLines = 200;
const keptText = 2_000;

function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  // What a failure says besides is among the plugin's errors, with its fix.
  const isFailure = typeof fields['code'] === 'string' && typeof fields['fix'] === 'string';
  const rest = Object.entries(fields).filter(
    ([name]) => name !== 'plugin' && !(isFailure && ofFailures.has(name)),
  );
  try {
    const text = rest.length > 0 ? JSON.stringify(Object.fromEntries(rest.map(withoutStack))) : '';
    return shortened(text, keptText);
  } catch {
    return '(fields that are no JSON)';
  }
}

const ofFailures: ReadonlySet<string> = new Set(['phase', 'path', 'fix', 'error']);

/** Where an error was thrown is among the plugin's errors. */
function withoutStack([name, value]: readonly [string, unknown]): readonly [string, unknown] {
  if (typeof value !== 'object' || value === null || !('stack' in value)) return [name, value];
  const { name: kind, message } = value as { readonly name?: unknown; readonly message?: unknown };
  return [name, `${String(kind)}: ${String(message)}`];
}
