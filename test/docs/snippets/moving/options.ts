import { Container } from 'inversify';
import { join } from 'node:path';
import { controllersHandler, routingControllersErrorBody } from 'plugboard';
import { TodoController } from './todo-controller.ts';

// #region same-answers
const likeBefore = controllersHandler({
  controllers: [TodoController],
  errorBody: routingControllersErrorBody, // the bodies of errors, too, are theirs
});
// #endregion

// #region container
const container = new Container();
container.bind(TodoController).toSelf().inSingletonScope();

const injected = controllersHandler({ controllers: [TodoController], container });
// #endregion

// #region files
const fromFiles = controllersHandler({
  controllers: [join(import.meta.dirname, '*-controller.ts')],
});
// #endregion

// #region none
class None {}

const alone = controllersHandler({
  controllers: [TodoController],
  middlewares: [None], // an empty list would mean all that there are
  interceptors: [None],
});
// #endregion

export { alone, fromFiles, injected, likeBefore };
