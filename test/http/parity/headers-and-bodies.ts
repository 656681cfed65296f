import express from 'express';
import {
  Body,
  BodyParam,
  Controller,
  CookieParam,
  Get,
  HeaderParam,
  JsonController,
  Post,
  UseBefore,
} from 'routing-controllers';
import { form, header, send } from '../parity-table.ts';
import { empty, json, page, refused, row, type Topic } from './row.ts';

const shown = (...values: unknown[]): string => `<p>${JSON.stringify(values)}</p>`;

interface Wish {
  word: string;
  limit: number;
}

@Controller('/letters')
class LetterController {
  @Get('/headers')
  headers(
    @HeaderParam('stamp') stamp: string,
    @HeaderParam('weight') weight: number,
    @HeaderParam('express') express: boolean,
  ) {
    return shown(stamp, weight, express);
  }

  @Get('/weighed')
  weighed(@HeaderParam('weight', { required: true }) weight: number) {
    return shown(weight);
  }

  @Get('/wished')
  wished(@HeaderParam('wish', { parse: true }) wish: Wish) {
    return shown(wish);
  }

  @Get('/cookies')
  cookies(
    @CookieParam('stamp') stamp: string,
    @CookieParam('weight') weight: number,
    @CookieParam('express') express: boolean,
  ) {
    return shown(stamp, weight, express);
  }

  @Get('/cookies/weighed')
  weighedByCookie(@CookieParam('weight', { required: true }) weight: number) {
    return shown(weight);
  }

  @Get('/cookies/wished')
  wishedByCookie(@CookieParam('wish', { parse: true }) wish: Wish) {
    return shown(wish);
  }

  @Post('/')
  post(@Body() text: string) {
    return shown(text);
  }

  @Post('/required')
  required(@Body({ required: true }) text: string) {
    return shown(text);
  }

  @Post('/form')
  @UseBefore(express.urlencoded({ extended: true }))
  form(@Body() body: { outer: { inner: { text: string } } }) {
    return body.outer.inner.text;
  }
}

@JsonController('/parcels')
class ParcelController {
  @Post('/')
  post(@Body() parcel: unknown) {
    return parcel;
  }

  @Post('/required')
  required(@Body({ required: true }) parcel: string) {
    return parcel;
  }

  @Post('/parts')
  parts(
    @BodyParam('name') name: string,
    @BodyParam('weight') weight: number,
    @BodyParam('sent') sent: boolean,
  ) {
    return [typeof name, typeof weight, typeof sent].join();
  }

  @Post('/parts/required')
  requiredParts(
    @BodyParam('name', { required: true }) name: string,
    @BodyParam('weight', { required: true }) weight: number,
    @BodyParam('sent', { required: true }) sent: boolean,
  ) {
    return { name, weight, sent };
  }

  @Post('/parts/nothing')
  nothing(@BodyParam('name') _name: string) {
    return null;
  }
}

const wish = '{"word": "name", "limit": 5}';
const parcel = { name: 'Ada', weight: 27, sent: true };

export const headerAndBodyTopics: readonly Topic[] = [
  {
    spec: 'action-params',
    setups: [
      {
        controllers: [LetterController, ParcelController],
        cases: {
          'headers have the types of their parameters': [
            row('get /letters/headers', page('<p>["31ds",20,false]</p>'), (test) =>
              test.set({ stamp: '31ds', weight: '20', express: 'false' }),
            ),
          ],
          'a header that is required may be 0': [
            row('get /letters/weighed', page('<p>[0]</p>'), header('weight', '0')),
          ],
          'a header that is required is not another one': [
            row('get /letters/weighed', refused(400, 'Header "weight" is required'), header('wish', '')),
          ],
          'a header that is required must be there': [
            row('get /letters/weighed', refused(400, 'Header "weight" is required')),
          ],
          'a header may be JSON': [
            row('get /letters/wished', page('<p>[{"word":"name","limit":5}]</p>'), header('wish', wish)),
          ],
          'cookies have the types of their parameters': [
            row(
              'get /letters/cookies',
              page('<p>["31ds",20,false]</p>'),
              header('cookie', 'stamp=31ds; weight=20; express=false'),
            ),
          ],
          'a cookie that is required must be there': [
            row('get /letters/cookies/weighed', page('<p>[20]</p>'), header('cookie', 'weight=20')),
            row('get /letters/cookies/weighed', refused(400, 'Cookie is required')),
          ],
          'a cookie may be JSON': [
            row(
              'get /letters/cookies/wished',
              page('<p>[{"word":"name","limit":5}]</p>'),
              header('cookie', `wish=${wish}`),
            ),
          ],
          'a body may be text': [row('post /letters', page('<p>["hello"]</p>'), send('hello', 'text/plain'))],
          'a text that is required must be there': [
            row('post /letters/required', page('<p>["0"]</p>'), send('0', 'text/plain')),
            row('post /letters/required', refused(400, 'Request body is required'), send('', 'text/plain')),
            row('post /letters/required', refused(400, 'Request body is required'), send({ a: 1 })),
          ],
          'a body may be JSON': [row('post /parcels', json({ hello: 'world' }), send({ hello: 'world' }))],
          'JSON that is required must be there': [
            row('post /parcels/required', json({ hello: '' }), send({ hello: '' })),
            row('post /parcels/required', refused(400, 'ParamRequiredError')),
          ],
          'parts of a body have their types': [
            row('post /parcels/parts', { status: 200, text: '"string,number,boolean"' }, send(parcel)),
            row('post /parcels/parts/nothing', empty(204), send(parcel)),
          ],
          'a part of a body that is required must be there': [
            row('post /parcels/parts/required', json(parcel), send(parcel)),
            row('post /parcels/parts/required', refused(400)),
            row('post /parcels/parts/required', refused(400, 'name'), send({ ...parcel, name: '' })),
            row(
              'post /parcels/parts/required',
              json({ ...parcel, weight: 0 }),
              send({ ...parcel, weight: 0 }),
            ),
            row('post /parcels/parts/required', refused(400, 'weight'), send({ name: 'Ada', sent: false })),
            row('post /parcels/parts/required', refused(400, 'sent'), send({ name: 'Ada', weight: 27 })),
            row(
              'post /parcels/parts/required',
              json({ ...parcel, sent: false }),
              send({ ...parcel, sent: false }),
            ),
          ],
          'a form that the app reads is a body': [
            row(
              'post /letters/form',
              page('this is a form'),
              send('outer[inner][text]=this+is+a+form&outer[inner][number]=5', form),
            ),
          ],
        },
      },
    ],
  },
];
