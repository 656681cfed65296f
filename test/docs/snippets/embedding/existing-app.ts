import express, { type ErrorRequestHandler, type Request } from 'express';
import session from 'express-session';
import { createHost } from 'plugboard';
import { ShopPlugin } from '../http/shop.ts';

// #region app
interface User {
  readonly name: string;
  readonly roles: readonly string[];
}

const host = createHost({
  plugins: [ShopPlugin],
  currentUserChecker: ({ request }) => userOf(request as Request),
  authorizationChecker: ({ request }, roles: string[]) =>
    roles.every((role) => userOf(request as Request)?.roles.includes(role)),
});

const app = express();
app.use(session({ secret: 'change me', resave: false, saveUninitialized: false }));
app.get('/', (_request, response) => {
  response.send('The app’s own page');
});
app.use('/api', host.handler); // may come before start(): it answers 503 until then
app.use((_request, response) => {
  response.status(404).send('Not here'); // all that neither the app nor a plugin serves
});

await host.start();

function userOf(request: Request): User | undefined {
  return (request.session as { user?: User }).user;
}
// #endregion

// #region errors
const ownErrors = createHost({ plugins: [ShopPlugin], defaultErrorHandler: false });
const strictApp = express();
strictApp.use(ownErrors.handler);
const answerError: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status((error as { httpCode?: number }).httpCode ?? 500).send('Sorry');
};
strictApp.use(answerError);
// #endregion

export { app, host, ownErrors, strictApp };
