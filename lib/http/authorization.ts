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
    run: (_context, step) => {
      if (!authorizationChecker) return step.fail(new AuthorizationCheckerNotDefinedError());
      const { action } = step;
      const decide = (isAllowed: unknown): void => {
        if (isAllowed) step.advance();
        else step.fail(refusal(action, roles));
      };
      try {
        const answer: unknown = authorizationChecker(action, roles);
        if (isPromiseLike(answer)) answer.then(decide, (error: unknown) => step.fail(error));
        else decide(answer);
      } catch (error) {
        step.fail(error);
      }
    },
  };
}

function refusal(action: Action, roles: readonly unknown[]): Error {
  return roles.length === 0 ? new AuthorizationRequiredError(action) : new AccessDeniedError(action);
}
