import { Exclude, Expose } from 'class-transformer';
import { Length } from 'class-validator';
import type { Response } from 'express';
import {
  Body,
  JsonController,
  Get,
  Post,
  QueryParam,
  Res,
  ResponseClassTransformOptions,
} from 'routing-controllers';
import { send } from '../parity-table.ts';
import { json, refused, row, withHeaders, type Expected, type Topic } from './row.ts';

@Exclude()
class Visitor {
  @Expose()
  name!: string;

  badge!: string;
}

/** Answers a visitor with a badge of its own, and says in a header what came. */
function admit(visitor: Visitor, response: Response): Visitor {
  response.set('x-came', `${visitor instanceof Visitor ? 'instance' : 'plain'} ${visitor.badge}`);
  return Object.assign(new Visitor(), { name: visitor.name, badge: visitor.badge ?? 'none' });
}

@JsonController('/doors', { transformResponse: false })
class RawDoors {
  @Post('/plain')
  plain(@Body() visitor: Visitor, @Res() response: Response) {
    return admit(visitor, response);
  }

  @Post('/request', { transformRequest: true, transformResponse: false })
  request(@Body() visitor: Visitor, @Res() response: Response) {
    return admit(visitor, response);
  }

  @Post('/response', { transformRequest: false, transformResponse: true })
  response(@Body() visitor: Visitor, @Res() response: Response) {
    return admit(visitor, response);
  }
}

@JsonController('/gates/usual')
class UsualGate {
  @Post('/')
  enter(@Body() visitor: Visitor, @Res() response: Response) {
    return admit(visitor, response);
  }
}

@JsonController('/gates/both', { transformRequest: true, transformResponse: true })
class BothGate {
  @Post('/')
  enter(@Body() visitor: Visitor, @Res() response: Response) {
    return admit(visitor, response);
  }
}

@JsonController('/gates/neither', { transformRequest: false, transformResponse: false })
class NeitherGate {
  @Post('/')
  enter(@Body() visitor: Visitor, @Res() response: Response) {
    return admit(visitor, response);
  }
}

class Search {
  @Length(5, 15)
  word!: string;
}

class LooseSearch {
  word!: string;
}

class Book {
  _first = 'Moby';
  _last = 'Dick';
  id = 7;

  @Expose()
  get title(): string {
    return `${this._first} ${this._last}`;
  }
}

function find(search: object, type: new () => object, response: Response): Book {
  response.set('x-came', `${search instanceof type} ${JSON.stringify(search)}`);
  return new Book();
}

@JsonController('/shelf')
class Shelf {
  @Get('/loose')
  loose(@QueryParam('search') search: LooseSearch, @Res() response: Response) {
    return find(search, LooseSearch, response);
  }

  @Get('/trimmed')
  @ResponseClassTransformOptions({ excludePrefixes: ['_'] })
  trimmed(
    @QueryParam('search', { transform: { excludePrefixes: ['__'] } }) search: LooseSearch,
    @Res() response: Response,
  ) {
    return find(search, LooseSearch, response);
  }

  @Get('/checked')
  checked(@QueryParam('search') search: Search, @Res() response: Response) {
    return find(search, Search, response);
  }

  @Get('/merged')
  merged(
    @QueryParam('search', { validate: { skipMissingProperties: false } }) search: Search,
    @Res() response: Response,
  ) {
    return find(search, Search, response);
  }

  @Get('/checked-trimmed')
  @ResponseClassTransformOptions({ excludePrefixes: ['_'] })
  checkedTrimmed(
    @QueryParam('search', { transform: { excludePrefixes: ['__'] } }) search: Search,
    @Res() response: Response,
  ) {
    return find(search, Search, response);
  }
}

const visitor = send({ name: 'Ada', badge: 'gold' });
const came = (expected: Expected, value: string) => withHeaders(expected, { 'x-came': value });
const asJson = encodeURIComponent('{"word":"Um","__hidden":"yes"}');
const whole = json({ _first: 'Moby', _last: 'Dick', id: 7, title: 'Moby Dick' });
const trimmed = json({ id: 7, title: 'Moby Dick' });

export const transformTopics: readonly Topic[] = [
  {
    spec: 'action-options',
    setups: [
      {
        controllers: [RawDoors],
        cases: {
          "an action without options has its controller's": [
            row(
              'post /doors/plain',
              came(json({ name: 'Ada', badge: 'none' }), 'instance undefined'),
              visitor,
            ),
          ],
          "an action's transformRequest goes before its controller's": [
            row(
              'post /doors/request',
              came(json({ name: 'Ada', badge: 'none' }), 'instance undefined'),
              visitor,
            ),
          ],
          "an action's transformResponse goes before its controller's": [
            row('post /doors/response', came(json({ name: 'Ada' }), 'plain gold'), visitor),
          ],
        },
      },
    ],
  },
  {
    spec: 'controller-options',
    setups: [
      {
        controllers: [UsualGate, BothGate, NeitherGate],
        cases: {
          'a controller transforms unless it says otherwise': [
            row('post /gates/usual', came(json({ name: 'Ada' }), 'instance undefined'), visitor),
          ],
          'a controller may say that it transforms': [
            row('post /gates/both', came(json({ name: 'Ada' }), 'instance undefined'), visitor),
          ],
          'a controller may say that it does not transform': [
            row('post /gates/neither', came(json({ name: 'Ada', badge: 'gold' }), 'plain gold'), visitor),
          ],
        },
      },
    ],
  },
  {
    spec: 'class-transformer-options',
    setups: [
      {
        controllers: [Shelf],
        cases: {
          'without options nothing is left out': [
            row(`get /shelf/loose?search=${asJson}`, came(whole, 'true {"word":"Um","__hidden":"yes"}')),
          ],
          "a parameter's and an action's own options count": [
            row(`get /shelf/trimmed?search=${asJson}`, came(trimmed, 'true {"word":"Um"}')),
          ],
        },
      },
      {
        controllers: [Shelf],
        options: {
          classToPlainTransformOptions: { excludePrefixes: ['_'] },
          plainToClassTransformOptions: { excludePrefixes: ['__'] },
        },
        cases: {
          'options for all count': [
            row(`get /shelf/loose?search=${asJson}`, came(trimmed, 'true {"word":"Um"}')),
          ],
        },
      },
    ],
  },
  {
    spec: 'class-validator-options',
    setups: [
      {
        controllers: [Shelf],
        options: { validation: false },
        nestedQueries: true,
        cases: {
          'nothing is checked where validation is off': [
            row(
              'get /shelf/checked?search[word]=Um&search[__hidden]=yes',
              came(whole, 'true {"word":"Um","__hidden":"yes"}'),
            ),
          ],
          "with validation off, a parameter's class-transformer options still count": [
            row(
              'get /shelf/checked-trimmed?search[word]=Um&search[__hidden]=yes',
              came(trimmed, 'true {"word":"Um"}'),
            ),
          ],
        },
      },
      {
        controllers: [Shelf],
        options: { validation: { whitelist: true, skipMissingProperties: true } },
        nestedQueries: true,
        cases: {
          "a parameter's options are merged over those for all": [
            row(
              'get /shelf/merged?search[word]=long+enough&search[other]=Um&search[__hidden]=yes',
              came(whole, 'true {"word":"long enough"}'),
            ),
            row('get /shelf/merged?search[other]=Um', refused(400, 'isLength')),
          ],
        },
      },
      {
        controllers: [Shelf],
        options: { validation: true },
        nestedQueries: true,
        cases: {
          'what is valid comes through': [
            row(
              'get /shelf/checked?search[word]=long+enough&search[__hidden]=yes',
              came(whole, 'true {"word":"long enough","__hidden":"yes"}'),
            ),
          ],
          'what is not valid is named': [
            row('get /shelf/checked?search[word]=Um&search[__hidden]=yes', refused(400, '"property":"word"')),
          ],
        },
      },
    ],
  },
];
