import type { Request } from 'express';
import { ContainerModule } from 'inversify';
import { createHost, type Host } from 'plugboard';
import type { Action } from 'routing-controllers';
import { Staff, type User } from './contracts.ts';

declare module 'express-session' {
  interface SessionData {
    user: User;
    visits: number;
  }
}

/** The host, with what plugins may know of the app: who is logged in, what that person may do, and the staff. */
export function createPluginHost(staff: Staff): Host {
  return createHost({
    plugins: ['./plugins'],
    services: new ContainerModule(({ bind }) => {
      bind(Staff).toConstantValue(staff);
    }),
    currentUserChecker: userOf,
    authorizationChecker: (action, roles: string[]) => {
      const user = userOf(action);
      return user !== undefined && (roles.length === 0 || roles.includes(user.role));
    },
  });
}

function userOf({ request }: Action): User | undefined {
  return (request as Request).session.user;
}
