import type { Action, ActionMetadata } from 'routing-controllers';
import {
  AccessDeniedError,
  AuthorizationCheckerNotDefinedError,
  AuthorizationRequiredError,
} from './parameter-errors.ts';
import type { Layer } from './pipeline.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { isPromiseLike } from './promises.ts';

/** `@Authorized`: asks the app's `authorizationChecker`; undefined where the action is open. */
export function compileAuthorization(
  metadata: ActionMetadata,
  { authorizationChecker }: ActionOptions,
): Layer | undefined {
  if (!metadata.isAuthorizedUsed) return undefined;
  const roles = metadata.authorizedRoles as unknown[];
  return {
    kind: 'request',
    run: ({ request, response }, { next, fail }) => {
      if (!authorizationChecker) return fail(new AuthorizationCheckerNotDefinedError());
      const action: Action = { request, response, next };
      const decide = (isAllowed: unknown): void => {
        if (isAllowed) next();
        else
          fail(roles.length === 0 ? new AuthorizationRequiredError(action) : new AccessDeniedError(action));
      };
      try {
        const answer: unknown = authorizationChecker(action, roles);
        if (isPromiseLike(answer)) answer.then(decide, fail);
        else decide(answer);
      } catch (error) {
        fail(error);
      }
    },
  };
}
