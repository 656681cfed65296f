import type { GetOptions, ResolutionContext } from 'inversify';
import type { Token } from '../plugin/tokens.ts';

/** What `toDynamicValue` and `toFactory` take. */
export type Builder = (context: ResolutionContext) => unknown;

/** What a factory asks for can't be read in advance: `check` is told of each token when it does, and may throw. */
export function guarded(builder: Builder, check: (token: Token, isOptional: boolean) => void): Builder {
  return (context) =>
    builder(
      new Proxy(context, {
        get: (target, method) => {
          const member: unknown = Reflect.get(target, method);
          if (typeof member !== 'function') return member;
          return (token: Token, options?: GetOptions) => {
            check(token, options?.optional === true);
            return member.call(target, token, options) as unknown;
          };
        },
      }),
    );
}
