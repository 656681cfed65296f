import type { Container, GetOptions } from 'inversify';
import type { Token } from '../plugin/tokens.ts';

/** Resolves one token in whatever container it is given. */
export type Resolver = (container: Container) => unknown;

/**
 * Resolves synchronously as long as that works, so that factories may ask with `context.get`;
 * from the first asynchronous answer on, only with promises.
 */
export function createResolver(token: Token, options: GetOptions): Resolver {
  let isAsynchronous = false;
  return (container) => {
    try {
      if (!isAsynchronous) return container.get(token, options);
    } catch (error) {
      if (!isAskedForAsynchronous(error)) throw error;
      isAsynchronous = true;
    }
    return container.getAsync(token, options);
  };
}

// inversify has one kind for several invalid operations, and does not export it.
function isAskedForAsynchronous(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unexpected asynchronous service');
}
