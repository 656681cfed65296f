import { isServingClass } from '../plugin/serving-class.ts';
import type { Class } from '../plugin/tokens.ts';
import { lineage } from '../registries/lineage.ts';
import { entriesOf, refreshIndex } from '../registries/routing-metadata.ts';

/** When a global middleware runs. */
export interface MiddlewarePlace {
  readonly type: 'before' | 'after';
  /** Higher runs first. */
  readonly priority: number;
}

/** What `@Middleware` says of a class; `before`, 0 where it says nothing. */
export function describeMiddleware(type: Class): MiddlewarePlace {
  refreshIndex();
  const found = entriesOf(type)?.middlewares[0];
  return { type: found?.type ?? 'before', priority: found?.priority ?? 0 };
}

/** What `@Interceptor` says of a class; 0 where it says nothing. Higher runs first. */
export function describeInterceptor(type: Class): { readonly priority: number } {
  refreshIndex();
  return { priority: entriesOf(type)?.interceptors[0]?.priority ?? 0 };
}

/** The classes that `@UseBefore`, `@UseAfter` and `@UseInterceptor` name: what the plugin's container must have bound. */
export function usedClasses(controllers: readonly Class[]): Class[] {
  refreshIndex();
  const named = controllers
    .flatMap(lineage)
    .flatMap(entriesOf)
    .flatMap((entries) => [
      ...(entries?.uses ?? []).map(({ middleware }) => middleware),
      ...(entries?.useInterceptors ?? []).map(({ interceptor }) => interceptor),
    ]);
  return [...new Set<unknown>(named)].filter(isServingClass);
}
