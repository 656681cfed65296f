import { callerLocation, type CallSite } from './call-site.ts';
import { isRecord } from './expected.ts';
import type { PluginOptions } from './options.ts';
import type { Class } from './tokens.ts';

/** What `@Plugin` leaves on a class. */
export interface PluginRecord {
  readonly options: PluginOptions;
  /** Where `@Plugin` was called: what `views` and `assets` are relative to. */
  readonly calledAt: CallSite | undefined;
}

// A registered symbol: a plugin package may bring its own copy of plugboard.
const record = Symbol.for('plugboard:plugin');

/**
 * Makes a class a plugin.
 *
 * @example
 * \@Plugin({ name: 'greeter', version: '1.0.0' })
 * \@JsonController('/greet')
 * export class GreeterPlugin { … }
 */
export function Plugin(options: PluginOptions): ClassDecorator {
  const calledAt = callerLocation(Plugin);
  const mark: ClassDecorator = (target) => {
    Object.defineProperty(target, record, {
      value: { options: isRecord(options) ? options : unnamed, calledAt } satisfies PluginRecord,
    });
  };
  // `@Plugin` without its parentheses is given the class. What it gives back would take the place of the class.
  return typeof options === 'function' ? (mark(options as Class) as never) : mark;
}

// Its name may be that of its package; else its manifest says that it has none.
const unnamed = {} as PluginOptions;

/** What `@Plugin` left on this very class, not on one that it extends. */
export function pluginRecord(value: unknown): PluginRecord | undefined {
  if (typeof value !== 'function' || !Object.hasOwn(value, record)) return undefined;
  return (value as unknown as Record<symbol, PluginRecord>)[record];
}

/** The options that `@Plugin` was given on this class; undefined where it is no plugin. */
export function pluginOptions(type: Class): PluginOptions | undefined {
  return pluginRecord(type)?.options;
}
