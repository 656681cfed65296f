import {
  Body,
  Controller,
  Get,
  JsonController,
  OnUndefined,
  Post,
  QueryParam,
  Res,
} from 'routing-controllers';
import type { Response } from 'express';
import { send } from '../parity-table.ts';
import { empty, refused, row, withHeaders, type Topic } from './row.ts';

@Controller('/quiet')
class QuietController {
  @Get('/nothing')
  nothing(): void {}

  @Get('/nothing-later')
  nothingLater(): Promise<void> {
    return Promise.resolve();
  }

  @Get('/required')
  required(@QueryParam('x') x: number) {
    return { x };
  }

  @Get('/null')
  null() {
    return null;
  }

  @Get('/own-code')
  @OnUndefined(406)
  ownCode(): void {}

  @Get('/optional')
  optional(@QueryParam('x', { required: false }) x: number) {
    return { x };
  }
}

class Name {
  first!: string;
  last!: string;

  whole(): string {
    return `${this.first} ${this.last}`;
  }
}

@JsonController()
class NameController {
  @Post('/names')
  post(@Body() name: Name, @Res() response: Response) {
    response.set('x-came', String(name instanceof Name));
    return '';
  }

  @Post(new RegExp('/(any|regex)/names'))
  byRegExp(@Body() name: Name, @Res() response: Response) {
    response.set('x-came', String(name instanceof Name));
    return '';
  }
}

const name = send({ first: 'Ada', last: 'Lovelace' });
const came = (instance: boolean) => withHeaders({ status: 200 }, { 'x-came': String(instance) });

export const defaultTopics: readonly Topic[] = [
  {
    spec: 'defaults',
    setups: [
      {
        controllers: [QuietController],
        options: {
          defaults: { nullResultCode: 404, undefinedResultCode: 204, paramOptions: { required: true } },
        },
        cases: {
          'undefined has the code that it is given': [row('get /quiet/nothing', empty(204))],
          'a promise of undefined has the code that it is given': [
            row('get /quiet/nothing-later', empty(204)),
          ],
          'a parameter is required where all are': [row('get /quiet/required', refused(400))],
          'null has the code that it is given': [row('get /quiet/null', empty(404))],
          "an action's own code goes first": [row('get /quiet/own-code', empty(406))],
          'a parameter may say that it is not required': [
            row('get /quiet/optional', { status: 200, json: {} }),
          ],
        },
      },
    ],
  },
  {
    spec: 'global-options',
    setups: [
      {
        controllers: [NameController],
        options: { validation: false },
        cases: { 'bodies become instances': [row('post /names', came(true), name)] },
      },
      {
        controllers: [NameController],
        options: { validation: false, classTransformer: true },
        cases: { 'class-transformer may be asked for': [row('post /names', came(true), name)] },
      },
      {
        controllers: [NameController],
        options: { validation: false, classTransformer: false },
        cases: { 'class-transformer may be turned off': [row('post /names', came(false), name)] },
      },
      {
        controllers: [NameController],
        options: { validation: false, routePrefix: 'api' },
        cases: {
          'a prefix without its slash is in front of paths and regular expressions': [
            row('post /api/names', came(true), name),
            row('post /api/regex/names', came(true), name),
            row('post /names', refused(404), name),
          ],
        },
      },
    ],
  },
];
