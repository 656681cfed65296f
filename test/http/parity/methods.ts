import { setImmediate } from 'node:timers/promises';
import {
  ContentType,
  Controller,
  Delete,
  Get,
  Head,
  JsonController,
  Method,
  Patch,
  Post,
  Put,
  UnauthorizedError,
} from 'routing-controllers';
import { noPatterns } from './base-routes.ts';
import { empty, page, refused, row, type Topic } from './row.ts';

@Controller()
class PageController {
  @Get('/pages')
  all() {
    return '<p>all</p>';
  }

  @Post('/pages')
  post() {
    return '<p>posted</p>';
  }

  @Put('/pages')
  put() {
    return '<p>put</p>';
  }

  @Patch('/pages')
  patch() {
    return '<p>patched</p>';
  }

  @Delete('/pages')
  delete() {
    return '<p>deleted</p>';
  }

  @Head('/pages')
  head() {
    return '<p>never seen</p>';
  }

  @Method('post', '/shelves')
  postShelf() {
    return '<p>shelf posted</p>';
  }

  @Method('delete', '/shelves')
  deleteShelf() {
    return '<p>shelf deleted</p>';
  }

  @Get('/pages/:id')
  one() {
    return '<p>one</p>';
  }

  @Get(/\/shelves\/[\d+]/)
  shelf() {
    return '<p>one shelf</p>';
  }

  @Get('/books/:id(\\d+)')
  book() {
    return '<p>one book</p>';
  }

  @Get('/later')
  async later() {
    await setImmediate();
    return '<p>later</p>';
  }

  @Get('/failed-later')
  async failedLater() {
    await setImmediate();
    // oxlint-disable-next-line typescript/only-throw-error -- anything can be thrown
    throw '<p>failed later</p>';
  }
}

@JsonController('/json-nothing')
class JsonNothingController {
  @Get('/undefined')
  undefined() {
    return undefined;
  }

  @Get('/null')
  null() {
    return null;
  }
}

@Controller('/text-nothing')
class TextNothingController {
  @Get('/undefined')
  undefined() {
    return undefined;
  }

  @Get('/null')
  null() {
    return null;
  }
}

@JsonController('/typed')
class TypedController {
  @Get('/page')
  @ContentType('text/html')
  page() {
    return '<p>page</p>';
  }

  @Get('/text')
  @ContentType('text/plain')
  text() {
    return 'text';
  }

  @Get('/text-error')
  @ContentType('text/plain')
  textError(): never {
    throw new UnauthorizedError();
  }

  @Get('/error')
  error(): never {
    throw new UnauthorizedError();
  }
}

const text = (content: string | RegExp, status = 200) => ({
  status,
  type: 'text/plain; charset=utf-8',
  text: content,
});

export const methodTopics: readonly Topic[] = [
  {
    spec: 'controller-methods',
    setups: [
      {
        controllers: [PageController, JsonNothingController, TextNothingController, TypedController],
        options: { development: true },
        unservable: noPatterns,
        cases: {
          'GET is served': [row('get /pages', page('<p>all</p>'))],
          'POST is served': [row('post /pages', page('<p>posted</p>'))],
          'PUT is served': [row('put /pages', page('<p>put</p>'))],
          'PATCH is served': [row('patch /pages', page('<p>patched</p>'))],
          'DELETE is served': [row('delete /pages', page('<p>deleted</p>'))],
          'HEAD is served without a body': [row('head /pages', page(''))],
          'a method may be named: POST': [row('post /shelves', page('<p>shelf posted</p>'))],
          'a method may be named: DELETE': [row('delete /shelves', page('<p>shelf deleted</p>'))],
          'a path may have a parameter': [row('get /pages/ada', page('<p>one</p>'))],
          'a path may be a regular expression': [row('get /shelves/1', page('<p>one shelf</p>'))],
          'what a regular expression does not match is not found': [row('get /shelves/ada', refused(404))],
          'a parameter may have a pattern': [row('get /books/1', page('<p>one book</p>'))],
          "what a parameter's pattern does not match is not found": [row('get /books/U', refused(404))],
          'a promise is waited for': [row('get /later', page('<p>later</p>'))],
          'a promise that fails is a 500': [row('get /failed-later', page('<p>failed later</p>', 500))],
          'null is an empty answer': [
            row('get /text-nothing/null', empty(204)),
            row('get /json-nothing/null', empty(204)),
          ],
          'undefined is not found, as text': [row('get /text-nothing/undefined', page(/Error/, 404))],
          'undefined is not found, as JSON': [
            row('get /json-nothing/undefined', { status: 404, type: 'application/json; charset=utf-8' }),
          ],
          'an action among JSON may answer a page': [row('get /typed/page', page('<p>page</p>'))],
          'an action among JSON may answer text': [row('get /typed/text', text('text'))],
          'an action that answers text answers its errors as text': [
            row('get /typed/text-error', text(/Unauthorized/, 401)),
          ],
          'an action that answers JSON answers its errors as JSON': [
            row('get /typed/error', {
              status: 401,
              type: 'application/json; charset=utf-8',
              text: /"name":"UnauthorizedError"/,
            }),
          ],
        },
      },
    ],
  },
];
