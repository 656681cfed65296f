import { setImmediate } from 'node:timers/promises';
import { Delete, Get, Head, JsonController, Method, Patch, Post, Put } from 'routing-controllers';
import { noPatterns } from './base-routes.ts';
import { json, refused, row, type Topic } from './row.ts';

@JsonController()
class RecordController {
  @Get('/records')
  all() {
    return [
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Bob' },
    ];
  }

  @Post('/records')
  post() {
    return { done: 'posted' };
  }

  @Put('/records')
  put() {
    return { done: 'put' };
  }

  @Patch('/records')
  patch() {
    return { done: 'patched' };
  }

  @Delete('/records')
  delete() {
    return { done: 'deleted' };
  }

  @Head('/records')
  head() {
    return { never: 'seen' };
  }

  @Method('post', '/labels')
  postLabel() {
    return { done: 'label posted' };
  }

  @Method('delete', '/labels')
  deleteLabel() {
    return { done: 'label deleted' };
  }

  @Get('/records/:id')
  one() {
    return { id: 1, name: 'Ada' };
  }

  @Get(/\/labels\/[\d+]/)
  label() {
    return { label: 1 };
  }

  @Get('/sleeves/:id(\\d+)')
  sleeve() {
    return { sleeve: 1 };
  }

  @Get('/records-later')
  async later() {
    await setImmediate();
    return { later: true };
  }

  @Get('/records-failed-later')
  async failedLater() {
    await setImmediate();
    // oxlint-disable-next-line typescript/only-throw-error -- anything can be thrown
    throw { code: 10_954, message: 'no records' };
  }
}

export const jsonMethodTopics: readonly Topic[] = [
  {
    spec: 'json-controller-methods',
    setups: [
      {
        controllers: [RecordController],
        unservable: noPatterns,
        cases: {
          'GET is served': [
            row(
              'get /records',
              json([
                { id: 1, name: 'Ada' },
                { id: 2, name: 'Bob' },
              ]),
            ),
          ],
          'POST is served': [row('post /records', json({ done: 'posted' }))],
          'PUT is served': [row('put /records', json({ done: 'put' }))],
          'PATCH is served': [row('patch /records', json({ done: 'patched' }))],
          'DELETE is served': [row('delete /records', json({ done: 'deleted' }))],
          'HEAD is served without a body': [
            row('head /records', { status: 200, type: 'application/json; charset=utf-8', text: '' }),
          ],
          'a method may be named: POST': [row('post /labels', json({ done: 'label posted' }))],
          'a method may be named: DELETE': [row('delete /labels', json({ done: 'label deleted' }))],
          'a path may have a parameter': [row('get /records/ada', json({ id: 1, name: 'Ada' }))],
          'a path may be a regular expression': [row('get /labels/1', json({ label: 1 }))],
          'what a regular expression does not match is not found': [row('get /labels/b1', refused(404))],
          'a parameter may have a pattern': [row('get /sleeves/1', json({ sleeve: 1 }))],
          "what a parameter's pattern does not match is not found": [row('get /sleeves/U', refused(404))],
          'a promise is waited for': [row('get /records-later', json({ later: true }))],
          'a promise that fails is a 500': [
            row('get /records-failed-later', json({ code: 10_954, message: 'no records' }, 500)),
          ],
        },
      },
    ],
  },
];
