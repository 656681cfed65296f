import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { ServerResponse, type IncomingMessage, type RequestListener } from 'node:http';
import { bornClass } from './born-class.ts';
import { lazyRequestClass } from './lazy-request.ts';

/** What Node needs for a server. */
export interface OwnApp {
  readonly listener: RequestListener;
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/**
 * An Express app that has nothing but a handler, with what is to be known of it taken out of each request: its requests and
 * responses come to the handler at once, with all that Express and its router would have given them. Only what the handler
 * hands on goes to Express, for its 404 and its error page.
 */
export function createOwnApp(handler: RequestHandler): OwnApp {
  const app = express().disable('x-powered-by');
  const handOn = createHandOn(app);
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const next: NextFunction = (error?: unknown) => handOn(request, error);
    try {
      void handler(request as Request, response as Response, next);
    } catch (error) {
      next(error);
    }
  };
  return {
    listener,
    IncomingMessage: bornClass(app, 'request', () => requestClass(handOn)),
    ServerResponse: bornClass(app, 'response', responseClass),
  };
}

type HandOn = (request: IncomingMessage, error: unknown) => void;

function createHandOn(app: Express): HandOn {
  const errors = new WeakMap<IncomingMessage, unknown>();
  app.use((request, _response, next) => {
    next(errors.get(request));
  });
  return (request, error) => {
    if (error !== undefined) errors.set(request, error);
    app(request, (request as Request).res as Response);
  };
}

/** Has what Express's router would set: as a value where each request has its own, else for who asks. */
function requestClass(handOn: HandOn): typeof IncomingMessage {
  const OwnRequest = lazyRequestClass();
  Object.assign(OwnRequest.prototype, { baseUrl: '' });
  Object.defineProperty(OwnRequest.prototype, 'next', {
    configurable: true,
    get(this: IncomingMessage): NextFunction {
      return (error?: unknown) => handOn(this, error);
    },
    set(this: IncomingMessage, next: NextFunction) {
      setOwn(this, 'next', next);
    },
  });
  return OwnRequest;
}

function responseClass(): typeof ServerResponse {
  return class<Asked extends IncomingMessage> extends ServerResponse<Asked> {
    constructor(...given: ConstructorParameters<typeof ServerResponse<Asked>>) {
      super(...given);
      const request = this.req as Asked & { res: ServerResponse; originalUrl: string | undefined };
      request.res = this;
      request.originalUrl = request.url;
    }

    get locals(): object {
      const locals = Object.create(null) as object;
      setOwn(this, 'locals', locals);
      return locals;
    }
    set locals(locals: object) {
      setOwn(this, 'locals', locals);
    }
  };
}

function setOwn(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}
