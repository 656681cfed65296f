import { getMetadataArgsStorage, type MetadataArgsStorage } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';

export type ListName =
  | 'controllers'
  | 'middlewares'
  | 'interceptors'
  | 'uses'
  | 'useInterceptors'
  | 'actions'
  | 'params'
  | 'responseHandlers';

export const listNames: readonly ListName[] = [
  'controllers',
  'middlewares',
  'interceptors',
  'uses',
  'useInterceptors',
  'actions',
  'params',
  'responseHandlers',
];

/** What one of routing-controllers' decorators has left. */
export type Element<Key extends ListName> = MetadataArgsStorage[Key][number];

/** What can be read in a list of routing-controllers' storage; and, where something is forgotten, be changed. */
export function storedIn<Key extends ListName>(name: Key): Element<Key>[] {
  return getMetadataArgsStorage()[name];
}

/** The class that was decorated. */
export function ownerOf(args: Element<ListName>): object {
  return 'object' in args ? (args.object as object).constructor : args.target;
}

/** What a class can be decorated as, for all requests. */
export type Role = 'controllers' | 'middlewares' | 'interceptors';

/** All classes of the process that have been decorated so, in the order of evaluation. */
export function registeredClasses(role: Role): Class[] {
  return storedIn(role).map(({ target }) => target as Class);
}
