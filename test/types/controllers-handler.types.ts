// Must compile, and each line below @ts-expect-error must not. Never run: `npm run test:types`.
import express from 'express';
import { Container } from 'inversify';
import { controllersHandler, routingControllersErrorBody, type ControllersHandlerOptions } from 'plugboard';
import type { Action, IocAdapter, RoutingControllersOptions } from 'routing-controllers';

class PostController {
  constructor(readonly name: string) {}
}
class QuestionController {}

declare const theirs: RoutingControllersOptions;
declare const adapter: IocAdapter;
const lists = [PostController, QuestionController] as const;

express().use(controllersHandler());
controllersHandler(theirs);
controllersHandler({ ...theirs, errorBody: routingControllersErrorBody, requestMs: 5_000 });
controllersHandler({ controllers: lists, middlewares: [PostController, './middlewares/*.js'] });
controllersHandler({ container: new Container() });
controllersHandler({ container: adapter });
controllersHandler({ container: { get: async (type) => new type() } });
controllersHandler({
  container: {
    get(type, action?: Action) {
      return [type, action?.request];
    },
  },
  onError: (_error, { action }) => action.toUpperCase(),
});

// @ts-expect-error -- a container has get
controllersHandler({ container: {} });
// @ts-expect-error -- an object is no class
controllersHandler({ controllers: [{}] });
// @ts-expect-error -- no such option
const wrong: ControllersHandlerOptions = { prefix: '/api' };

export { wrong };
