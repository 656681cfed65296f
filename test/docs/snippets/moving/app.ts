// #region app
import express from 'express';
import { controllersHandler } from 'plugboard';
import { TodoController } from './todo-controller.ts';

const app = express();
// before: useExpressServer(app, { controllers: [TodoController], routePrefix: '/api' });
app.use(controllersHandler({ controllers: [TodoController], routePrefix: '/api' }));
// #endregion

export { app };
