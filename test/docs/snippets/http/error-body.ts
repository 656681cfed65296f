import { createHost, routingControllersErrorBody } from 'plugboard';
import { HttpError } from 'routing-controllers';
import { ShopPlugin } from './shop.ts';

// #region own
const host = createHost({
  plugins: [ShopPlugin],
  errorBody: (error, request) => ({
    // Only what is meant for the client: anything may be thrown.
    error: error instanceof HttpError && error.httpCode < 500 ? error.message : 'Something went wrong',
    path: request.path,
  }),
});
// #endregion

// #region theirs
const likeBefore = createHost({ plugins: [ShopPlugin], errorBody: routingControllersErrorBody });
// #endregion

export { host, likeBefore };
