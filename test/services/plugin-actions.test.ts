import { deepEqual, equal } from 'node:assert/strict';
import { IsInt } from 'class-validator';
import { Plugin, Plugins } from 'plugboard';
import { testHost } from 'plugboard/testing';
import {
  Authorized,
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  JsonController,
  NotFoundError,
  OnNull,
  OnUndefined,
  Param,
  Post,
  QueryParam,
  Redirect,
} from 'routing-controllers';

class Order {
  @IsInt()
  cups!: number;
}

@JsonController('/teas')
class TeasController {
  @Get('/:id(\\d+){/:part}')
  @OnNull(204)
  @OnUndefined(NotFoundError)
  find(@Param('id') _id: number, @QueryParam('tag', { isArray: true, type: String }) _tags?: string[]) {}

  @Post('/*path')
  @Authorized('staff')
  @HttpCode(201)
  @Header('X-Made', 'yes')
  @OnUndefined(202)
  order(@Body({ type: Order, required: true }) orders: Order[]) {
    return orders;
  }
}

@Controller()
class OldController {
  @Get('/old')
  @Redirect('/teas')
  old() {}

  @Get(/\/odd-\d/)
  odd() {}
}

@Plugin({ name: 'teas', prefix: '/v1', controllers: [TeasController, OldController] })
class TeasPlugin {}

@Plugin({ name: 'reader' })
class ReaderPlugin {
  constructor(readonly plugins: Plugins) {}
}

describe('the actions of a plugin, as others may see them', () => {
  it('have the metadata of their method, their path, their parameters and their answers', async () => {
    await using bed = await testHost([ReaderPlugin, TeasPlugin]).start();
    const [find, order] = bed.get(ReaderPlugin, 'reader').plugins.actionsOf('teas');
    const id = { name: 'id', pattern: '\\d+', isWildcard: false };
    const part = { name: 'part', pattern: undefined, isWildcard: false };
    deepEqual(find, {
      method: 'GET',
      path: '/v1/teas/:id(\\d+){/:part}',
      action: 'TeasController.find',
      templates: [
        { path: '/v1/teas/{id}/{part}', parameters: [id, part] },
        { path: '/v1/teas/{id}', parameters: [id] },
      ],
      controller: TeasController,
      handler: 'find',
      parameters: [
        { kind: 'param', name: 'id', type: Number, isList: false, isRequired: true },
        { kind: 'query', name: 'tag', type: String, isList: true, isRequired: false },
      ],
      answersJson: true,
      roles: undefined,
      successStatus: 200,
      undefinedStatus: undefined,
      nullStatus: 204,
      redirect: undefined,
      view: undefined,
      headers: {},
    });
    deepEqual(order?.parameters, [{ kind: 'body', name: '', type: Order, isList: true, isRequired: true }]);
    deepEqual(order.templates, [
      { path: '/v1/teas/{path}', parameters: [{ name: 'path', pattern: undefined, isWildcard: true }] },
    ]);
    deepEqual([order.roles, order.successStatus, order.undefinedStatus], [['staff'], 201, 202]);
    deepEqual(order.headers, { 'X-Made': 'yes' });
  });

  it('say that they redirect, and have no template where their route is a RegExp', async () => {
    await using bed = await testHost([ReaderPlugin, TeasPlugin]).start();
    const [, , old, odd] = bed.get(ReaderPlugin, 'reader').plugins.actionsOf('teas');
    deepEqual([old?.redirect, old?.answersJson], ['/teas', false]);
    deepEqual(odd?.templates, []);
  });

  it('are there while the plugin runs', async () => {
    await using bed = await testHost([ReaderPlugin, TeasPlugin]).start();
    const { plugins } = bed.get(ReaderPlugin, 'reader');
    await bed.host.unload('teas');
    deepEqual(plugins.actionsOf('teas'), []);
    await bed.host.reload('teas');
    equal(plugins.actionsOf('teas').length, 4);
    deepEqual(plugins.actionsOf('chess'), []);
  });
});
