import { controllersNotFoundError } from '../errors/controllers-errors.ts';
import type { Class } from '../plugin/tokens.ts';
import type { ControllersHandlerOptions } from './controllers-options.ts';
import { loadClasses } from './load-classes.ts';
import { registeredClasses, type Role } from '../registries/routing-storage.ts';

/** The classes of a handler. */
export interface ChosenClasses {
  readonly controllers: readonly Class[];
  readonly middlewares: readonly Class[];
  readonly interceptors: readonly Class[];
}

/**
 * The classes that the options name; where they name none of a role, all that there are, as routing-controllers has it. What
 * else a file exports is left out, and so is a middleware or interceptor without its decorator.
 *
 * @throws {PluginError} `CONTROLLERS_FILE_FAILED`, `CONTROLLERS_NOT_FOUND`.
 */
export function chosenClasses(options: ControllersHandlerOptions): ChosenClasses {
  // First all files are loaded: what they decorate is there for a role of which nothing is named.
  const named = {
    controllers: namedClasses(options, 'controllers'),
    middlewares: namedClasses(options, 'middlewares'),
    interceptors: namedClasses(options, 'interceptors'),
  };
  const ofRole = (role: Role): readonly Class[] => decorated(named[role], role);
  return {
    controllers: ofRole('controllers'),
    middlewares: ofRole('middlewares'),
    // Of equal priority they run in the order of their evaluation, however they are listed.
    interceptors: registeredClasses('interceptors').filter((type) => ofRole('interceptors').includes(type)),
  };
}

interface NamedClasses {
  readonly listed: readonly Class[];
  readonly loaded: readonly Class[];
}

function namedClasses(options: ControllersHandlerOptions, role: Role): NamedClasses | undefined {
  const named: readonly unknown[] = options[role] ?? [];
  if (named.length === 0) return undefined;
  return {
    listed: named.filter((item): item is Class => typeof item === 'function'),
    loaded: named.filter((item) => typeof item === 'string').flatMap((pattern) => load(pattern, role)),
  };
}

function load(pattern: string, role: Role): Class[] {
  const classes = loadClasses(pattern);
  if (!classes && role === 'controllers') throw controllersNotFoundError(pattern);
  return classes ?? [];
}

function decorated(named: NamedClasses | undefined, role: Role): readonly Class[] {
  const all = registeredClasses(role);
  if (!named) return all;
  const { listed, loaded } = named;
  // A listed controller without its decorator is a mistake, which is told of where its actions are read.
  if (role === 'controllers') return [...listed, ...loaded.filter((type) => all.includes(type))];
  return [...listed, ...loaded].filter((type) => all.includes(type));
}
