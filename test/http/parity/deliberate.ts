import { IsString } from 'class-validator';
import type { NextFunction, Request, Response } from 'express';
import {
  Authorized,
  Body,
  CurrentUser,
  Get,
  HttpError,
  JsonController,
  Param,
  Post,
  QueryParam,
} from 'routing-controllers';
import { form, send } from '../parity-table.ts';
import { differs, json, refused, row, type Setup } from './row.ts';

class Note {
  @IsString()
  text!: string;
}

class BrokenError extends HttpError {
  constructor() {
    super(409, 'broken');
    Object.setPrototypeOf(this, BrokenError.prototype);
  }

  toJSON(): never {
    throw new Error('nothing to say');
  }
}

@JsonController('/notes')
class NoteController {
  @Post('/one')
  one(@Body() note: Note) {
    return { isNote: note instanceof Note };
  }

  @Post('/list')
  list(@Body({ type: Note }) notes: Note[]) {
    return { count: notes.length };
  }

  @Post('/any')
  any(@Body() note: object) {
    return { note };
  }

  @Get('/query')
  query(@QueryParam('note') note: Note) {
    return { note };
  }

  @Get('/broken')
  broken(): never {
    throw new BrokenError();
  }

  @Get('/two')
  two(@QueryParam('first', { required: true }) first: string, @QueryParam('second') second: number) {
    return { first, second };
  }

  @Get('/of/:name')
  of(@Param('name') name: string) {
    return { name };
  }

  @Get('/café')
  cafe() {
    return { at: 'café' };
  }

  @Post('/to/:name')
  to(@Param('name') name: string) {
    return { name };
  }

  @Get('/user')
  user(@CurrentUser() user: string) {
    return { user };
  }
}

@Authorized()
@JsonController('/guarded')
class GuardedController {
  @Get('/door')
  door() {
    return { door: 'open' };
  }
}

@JsonController('/inherited')
class InheritedController extends GuardedController {}

const named = (name: string) => (request: Request, _response: Response, next: NextFunction) => {
  Object.assign(request, { user: name });
  next();
};

/** One row at least for each deliberate difference that has none among routing-controllers' own cases. */
export const deliberate: readonly Setup[] = [
  {
    controllers: [NoteController],
    before: () => [named('Ada')],
    cases: {
      'a list is no instance': [
        differs(
          row('post /notes/one', json({ isNote: false }), send([{ text: 1 }])),
          refused(400, 'an array was given where one Note is expected'),
          'notAnInstance',
        ),
        differs(
          row('get /notes/query?note=3', json({ note: 3 })),
          refused(400, 'a number was given where one Note is expected'),
          'notAnInstance',
        ),
      ],
      'a value is what its type says': [
        differs(
          row('get /notes/two?first=a&first=b', json({ first: ['a', 'b'] })),
          refused(400, 'ParamNormalizationError'),
          'ofItsType',
        ),
        differs(
          row('get /notes/two?first=a&second=%20', json({ first: 'a', second: 0 })),
          refused(400, 'ParamNormalizationError'),
          'ofItsType',
        ),
      ],
      'a constructor is no property': [
        differs(
          row('post /notes/one', refused(500), send('{"text":"a","more":{"constructor":1}}')),
          refused(400),
          'constructors',
        ),
      ],
      'the elements of a list are checked': [
        row('post /notes/list', json({ count: 1 }), send([{ text: 'a' }])),
        differs(row('post /notes/list', json({ count: 1 }), send([{ text: 1 }])), refused(400), 'lists'),
      ],
      'forms are read': [
        differs(
          row('post /notes/any', json({ note: {} }), send('text=a', form)),
          json({ note: { text: 'a' } }),
          'forms',
        ),
      ],
      'the first of two wrong parameters is named': [
        differs(
          row('get /notes/two?second=x', refused(400, 'ParamNormalizationError')),
          refused(400, 'ParamRequiredError'),
          'firstWrong',
        ),
      ],
      'what is malformed has to be for somebody': [
        differs(row('post /notes/to/%zz', refused(400)), refused(400, 'malformed'), 'malformed'),
        differs(row('put /notes/to/%zz', refused(400)), refused(404), 'malformed'),
      ],
      'a route with an accent is found, one that is encoded without need is not': [
        differs(row('get /notes/caf%C3%A9', refused(404)), json({ at: 'café' }), 'encodedText'),
        row('get /n%6ftes/of/ada', refused(404)),
      ],
      'an answer of an error that fails is a plain 500': [
        differs(
          row('get /notes/broken', refused(409, 'nothing to say')),
          refused(500, 'InternalServerError'),
          'ownAnswer',
        ),
      ],
      'the user is that of the app': [
        differs(row('get /notes/user', refused(500)), json({ user: 'Ada' }), 'user'),
      ],
    },
  },
  {
    controllers: [InheritedController],
    options: { authorizationChecker: () => false },
    cases: {
      'an inherited action is guarded': [
        differs(row('get /inherited/door', json({ door: 'open' })), refused(401), 'ancestors'),
      ],
    },
  },
];
