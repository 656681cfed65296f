import { equal } from 'node:assert/strict';
import type { NextFunction, Request, Response } from 'express';
import { Readable } from 'node:stream';
import {
  ContentType,
  Controller,
  Get,
  Head,
  Middleware,
  Redirect,
  Res,
  UseAfter,
  UseBefore,
  type ExpressMiddlewareInterface,
} from 'routing-controllers';
import { sideBySide } from './side-by-side.ts';

const traces: string[] = [];

@Middleware({ type: 'after' })
class Noting implements ExpressMiddlewareInterface {
  use({ method, url }: Request, { headersSent }: Response, next: NextFunction): void {
    traces.push(`${method} ${url} ${headersSent}`);
    next();
  }
}

@Middleware({ type: 'after', priority: 1 })
class Completing implements ExpressMiddlewareInterface {
  use({ path }: Request, response: Response, next: NextFunction): void {
    if (path === '/kinds/open') response.send('completed');
    else next();
  }
}

@Controller('/kinds')
class KindController {
  @Get('/text')
  @UseAfter((_request: Request, _response: Response, next: NextFunction) => {
    traces.push('after the action');
    next();
  })
  text() {
    return 'text';
  }

  @Get('/bytes')
  bytes() {
    return Buffer.from('bytes');
  }

  @Get('/stream')
  @ContentType('text/plain')
  stream() {
    return Readable.from(['stream']);
  }

  @Get('/by-hand')
  byHand(@Res() response: Response) {
    return response.send('by hand');
  }

  @Get('/open')
  open(@Res() response: Response) {
    return response;
  }

  @Get('/redirect')
  @Redirect('/kinds/text')
  redirect() {}

  @Head('/head')
  head() {
    return 'head';
  }

  @Get('/undefined')
  undefined() {}

  @Get('/null')
  null() {
    return null;
  }

  @Get('/teapot')
  teapot() {
    throw Object.assign(new Error('of tea'), { httpCode: 418 });
  }

  @Get('/left')
  @UseBefore((_request: Request, _response: Response, next: NextFunction) => next('router'))
  left() {
    return 'never';
  }
}

describe('what a controllersHandler answers, and who has a part in it', () => {
  const both = sideBySide({ controllers: [KindController], middlewares: [Noting, Completing] }, { traces });
  const paths = [
    'text',
    'bytes',
    'stream',
    'by-hand',
    'open',
    'redirect',
    'head',
    'undefined',
    'null',
    'teapot',
    'left',
    'missing',
  ];
  for (const verb of ['get', 'head', 'options', 'post'] as const) {
    for (const path of paths) {
      // Ours tells the length of bytes to HEAD, too.
      if (verb === 'head' && path === 'bytes') continue;
      it(`is as in routing-controllers: ${verb.toUpperCase()} ${path}`, async () => {
        await both.ask((agent) => agent[verb](`/kinds/${path}`).redirects(0));
      });
    }
  }

  it('is nothing new for who has it already', async () => {
    const { headers } = await both.ask((agent) => agent.get('/kinds/text'));
    const { status } = await both.ask((agent) =>
      agent.get('/kinds/text').set('if-none-match', headers['etag'] ?? ''),
    );
    equal(status, 304);
  });
});
