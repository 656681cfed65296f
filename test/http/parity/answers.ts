import type { Express, Response } from 'express';
import { readFile } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  ContentType,
  Controller,
  Get,
  Header,
  HttpCode,
  HttpError,
  JsonController,
  Location,
  OnNull,
  OnUndefined,
  Param,
  Post,
  Redirect,
  Render,
  Res,
} from 'routing-controllers';
import { send } from '../parity-table.ts';
import { empty, json, page, refused, row, withHeaders, type Topic } from './row.ts';

class AnswerMissingError extends HttpError {
  override name = 'AnswerMissingError';

  constructor() {
    super(404, 'no such answer');
    Object.setPrototypeOf(this, AnswerMissingError.prototype);
  }
}

const results: readonly unknown[] = [undefined, 'found', '', null, undefined, undefined];

@Controller('/marks')
class MarkController {
  @Post('/created')
  @HttpCode(201)
  created() {
    return '<p>created</p>';
  }

  @Get('/forbidden')
  @HttpCode(403)
  forbidden() {
    return '<p>forbidden</p>';
  }

  @Get('/null/:id')
  @OnNull(404)
  async null(@Param('id') id: number) {
    return results[id];
  }

  @Get('/undefined/:id')
  @OnUndefined(201)
  undefined(@Param('id') id: number) {
    return id === 4 ? undefined : Promise.resolve(results[id]);
  }

  @Get('/page')
  @ContentType('text/html; charset=utf-8')
  page() {
    return '<p>page</p>';
  }

  @Get('/text')
  @ContentType('text/plain; charset=utf-8')
  text() {
    return 'text';
  }

  @Get('/headers')
  @Header('authorization', 'own')
  @Header('x-mode', 'on')
  headers() {
    return '<p>headers</p>';
  }

  @Get('/location')
  @Location('http://example.org')
  location() {
    return '<p>location</p>';
  }
}

@JsonController('/questions')
class QuestionController {
  @Get('/:id')
  @OnUndefined(AnswerMissingError)
  async one(@Param('id') id: number) {
    return id === 1 ? 'answer' : undefined;
  }
}

@JsonController('/people')
class PeopleController {
  @Get('/:name')
  one(@Param('name') name: string) {
    return { name };
  }
}

@JsonController('/goto')
class GotoController {
  @Get('/template')
  @Redirect('/people/:owner')
  template() {
    return { owner: 'ada', thing: 'engine' };
  }

  @Get('/same')
  @Redirect('/people/ada')
  same(): void {}

  @Get('/other')
  @Redirect('https://example.org')
  other() {
    return '/people/ada';
  }
}

@Controller('/pages')
class PageController {
  @Get('/plain')
  @Render('plain.page')
  plain() {
    return { name: 'Ada' };
  }

  @Get('/locals')
  @Render('locals.page')
  locals(@Res() response: Response) {
    response.locals.extra = 'of the response';
    return { name: 'Ada' };
  }

  @Get('/visitors/:number')
  @Render('plain.page')
  visitor(@Param('number') number: number) {
    return { name: `visitor ${number}` };
  }
}

const bytes = [0xff, 0x66, 0xaa, 0xcc];
const raw = Buffer.from(bytes).toString('latin1');

@JsonController('/raw')
class RawController {
  @Get('/stream')
  @ContentType('text/plain')
  stream() {
    return Readable.from(['Hello ', 'World']);
  }

  @Get('/buffer')
  @ContentType('application/octet-stream')
  buffer() {
    return Buffer.from(bytes);
  }

  @Get('/array')
  @ContentType('application/octet-stream')
  array() {
    return new Uint8Array(bytes);
  }
}

/** Puts values in the place of `{{name}}`. */
function withPages(app: Express): void {
  app.engine('page', (file, values, callback) => {
    const given = values as Readonly<Record<string, unknown>>;
    readFile(file, 'utf8', (error, template) => {
      if (error) callback(error);
      else
        callback(
          null,
          template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(given[name])),
        );
    });
  });
  app.set('views', fileURLToPath(new URL('../../fixtures/parity/views', import.meta.url)));
}

const moved = (location: string) => withHeaders({ status: 302 }, { location });
const binary = { status: 200, type: 'application/octet-stream', text: raw };

export const answerTopics: readonly Topic[] = [
  {
    spec: 'other-controller-decorators',
    setups: [
      {
        controllers: [MarkController, QuestionController],
        cases: {
          '@HttpCode sets the status': [
            row('post /marks/created', page('<p>created</p>', 201), send({ name: 'Ada' })),
            row('get /marks/forbidden', page('<p>forbidden</p>', 403)),
          ],
          '@OnNull sets the status of null alone': [
            row('get /marks/null/1', page('found')),
            row('get /marks/null/2', { status: 200, text: '' }),
            row('get /marks/null/3', refused(404)),
            row('get /marks/null/4', refused(404)),
            row('get /marks/null/5', refused(404)),
          ],
          '@OnUndefined may name an error': [
            row('get /questions/1', { status: 200, text: '"answer"' }),
            row('get /questions/2', json({ name: 'AnswerMissingError', message: 'no such answer' }, 404)),
            row('get /questions/3', json({ name: 'AnswerMissingError', message: 'no such answer' }, 404)),
          ],
          '@OnUndefined sets the status of undefined alone': [
            row('get /marks/undefined/1', page('found')),
            row('get /marks/undefined/2', { status: 200, text: '' }),
            row('get /marks/undefined/3', empty(204)),
            row('get /marks/undefined/4', empty(201)),
            row('get /marks/undefined/5', empty(201)),
          ],
          '@ContentType may be a page': [row('get /marks/page', page('<p>page</p>'))],
          '@ContentType may be text': [
            row('get /marks/text', { status: 200, type: 'text/plain; charset=utf-8', text: 'text' }),
          ],
          '@Header sets headers': [
            row(
              'get /marks/headers',
              withHeaders(page('<p>headers</p>'), { authorization: 'own', 'x-mode': 'on' }),
            ),
          ],
          '@Location sets one header': [
            row(
              'get /marks/location',
              withHeaders(page('<p>location</p>'), { location: 'http://example.org' }),
            ),
          ],
        },
      },
    ],
  },
  {
    spec: 'redirect-decorator',
    setups: [
      {
        controllers: [GotoController, PeopleController],
        cases: {
          'a template is filled by the result': [
            row('get /goto/template', moved('/people/ada')),
            row('get /people/ada', json({ name: 'ada' })),
          ],
          'a result that is a text goes before': [row('get /goto/other', moved('/people/ada'))],
          'without a result the address is as it is written': [row('get /goto/same', moved('/people/ada'))],
        },
      },
    ],
  },
  {
    spec: 'render-decorator',
    setups: [
      {
        controllers: [PageController],
        configure: withPages,
        cases: {
          'a template gets the result': [row('get /pages/plain', page('<p>Ada</p>\n'))],
          "a template gets the response's locals": [
            row('get /pages/locals', page('<p>Ada of the response</p>\n')),
          ],
          'a template is filled anew each time': [
            row('get /pages/visitors/1', page('<p>visitor 1</p>\n')),
            row('get /pages/visitors/2', page('<p>visitor 2</p>\n')),
          ],
        },
      },
    ],
  },
  {
    spec: 'special-result-send',
    setups: [
      {
        controllers: [RawController],
        cases: {
          'a stream is piped': [
            row('get /raw/stream', { status: 200, type: 'text/plain; charset=utf-8', text: 'Hello World' }),
          ],
          'a buffer is sent as it is': [row('get /raw/buffer', binary)],
          'bytes are sent as they are': [row('get /raw/array', binary)],
        },
      },
    ],
  },
];
