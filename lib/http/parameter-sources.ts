import type { Action, ParamMetadata } from 'routing-controllers';
import type { Request } from 'express';
import { parseCookies } from './cookies.ts';
import type { RequestContext } from './request-context.ts';
import { uploadedFiles } from './uploaded-files.ts';

/** Takes a parameter's raw value out of a request. */
export type ParameterSource = (context: RequestContext) => unknown;

/** Where a parameter comes from; what the app has parsed already is taken as it is. */
export function parameterSource(parameter: ParamMetadata): ParameterSource {
  const { name, type } = parameter;
  switch (type) {
    case 'body':
      return ({ request }) => request.body as unknown;
    case 'body-param':
      return ({ request }) => (request.body as Record<string, unknown> | null | undefined)?.[name];
    case 'param':
      return ({ request }) => request.params[name];
    case 'params':
      return ({ request }) => request.params;
    case 'query':
      return (context) => context.query[name];
    case 'queries':
      return (context) => context.query;
    case 'header': {
      const header = name.toLowerCase();
      return ({ request }) => request.headers[header];
    }
    case 'headers':
      return ({ request }) => request.headers;
    case 'cookie':
      return ({ request }) => cookiesOf(request)[name];
    case 'cookies':
      return ({ request }) => cookiesOf(request);
    case 'session':
      return ({ request }) => (request as { session?: unknown }).session;
    case 'session-param':
      return ({ request }) => sessionOf(request)[name];
    case 'file':
    case 'files': {
      const files = uploadedFiles(parameter);
      return ({ request }) => files(request);
    }
    case 'state':
      return () => {
        throw new Error('@State decorators are not supported by express driver.');
      };
    default:
      return () => undefined;
  }
}

/** `@CurrentUser` of an app that has no `currentUserChecker`, but sets `request.user`. */
export function userOf(action: Action): { readonly user: unknown } | undefined {
  const request = action.request as { user?: unknown };
  return 'user' in request ? { user: request.user } : undefined;
}

function cookiesOf(request: Request): Record<string, unknown> {
  const { cookies } = request as { cookies?: Record<string, unknown> };
  if (cookies) return cookies;
  return request.headers.cookie ? parseCookies(request.headers.cookie) : {};
}

function sessionOf(request: Request): Record<string, unknown> {
  // An app may have typed it otherwise: express-session does.
  const { session } = request as unknown as { session?: Record<string, unknown> };
  if (!session) throw new Error('@SessionParam needs a session: use express-session before host.handler.');
  return session;
}
