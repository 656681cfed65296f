import {
  BadRequestError,
  ForbiddenError,
  InternalServerError,
  UnauthorizedError,
  type Action,
  type ParamMetadata,
} from 'routing-controllers';

// routing-controllers throws these but does not export them: same names, same messages.

type NamedParameter = Pick<ParamMetadata, 'type' | 'name'>;

export class ParamRequiredError extends BadRequestError {
  constructor(action: Action, parameter: NamedParameter) {
    super(`${described(parameter)} required for request on ${requestLine(action)}`);
    become(this, new.target, 'ParamRequiredError');
  }
}

export class InvalidParamError extends BadRequestError {
  constructor(value: unknown, name: string, type: string) {
    super(
      `Given parameter ${name} is invalid. Value (${JSON.stringify(value)}) cannot be parsed into ${type}.`,
    );
    become(this, new.target, 'ParamNormalizationError');
  }
}

export class ParameterParseJsonError extends BadRequestError {
  constructor(name: string, value: unknown) {
    super(`Given parameter ${name} is invalid. Value (${JSON.stringify(value)}) cannot be parsed into JSON.`);
    become(this, new.target, 'ParameterParseJsonError');
  }
}

export class AuthorizationRequiredError extends UnauthorizedError {
  constructor(action: Action) {
    super(`Authorization is required for request on ${requestLine(action)}`);
    become(this, new.target, 'AuthorizationRequiredError');
  }
}

export class AccessDeniedError extends ForbiddenError {
  constructor(action: Action) {
    super(`Access is denied for request on ${requestLine(action)}`);
    become(this, new.target, 'AccessDeniedError');
  }
}

export class CurrentUserCheckerNotDefinedError extends InternalServerError {
  constructor() {
    super(
      'Cannot use @CurrentUser decorator. Please define currentUserChecker function in routing-controllers action before using it.',
    );
    become(this, new.target, 'CurrentUserCheckerNotDefinedError');
  }
}

export class AuthorizationCheckerNotDefinedError extends InternalServerError {
  constructor() {
    super(
      'Cannot use @Authorized decorator. Please define authorizationChecker function in routing-controllers action before using it.',
    );
    become(this, new.target, 'AuthorizationCheckerNotDefinedError');
  }
}

/** The superclasses set the prototype to their own. */
function become(error: Error, type: { readonly prototype: object }, name: string): void {
  Object.setPrototypeOf(error, type.prototype);
  error.name = name;
}

function requestLine(action: Action): string {
  const { method, url } = action.request as { method: string; url: string };
  return `${method} ${url}`;
}

function described({ type, name }: NamedParameter): string {
  const subjects: Readonly<Record<string, string>> = {
    param: `Parameter "${name}" is`,
    body: 'Request body is',
    'body-param': `Body parameter "${name}" is`,
    query: `Query parameter "${name}" is`,
    header: `Header "${name}" is`,
    file: `Uploaded file "${name}" is`,
    files: `Uploaded files "${name}" are`,
    session: 'Session is',
    cookie: 'Cookie is',
  };
  return subjects[type] ?? 'Parameter is';
}
