import { deepEqual, equal } from 'node:assert/strict';
import { IsInt } from 'class-validator';
import { Plugin, Plugins, type HostOptions } from 'plugboard';
import { testHost } from 'plugboard/testing';
import {
  Authorized,
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Interceptor,
  type InterceptorInterface,
  JsonController,
  NotFoundError,
  OnNull,
  OnUndefined,
  Param,
  Post,
  QueryParam,
  Redirect,
  UseInterceptor,
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
  order(
    @Body({
      type: Order,
      required: true,
      validate: { groups: ['new'] },
      options: { type: 'application/vnd.tea+json' },
    })
    orders: Order[],
  ) {
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
        { kind: 'param', name: 'id', type: Number, isList: false, isRequired: true, validation: undefined },
        { kind: 'query', name: 'tag', type: String, isList: true, isRequired: false, validation: undefined },
      ],
      answersJson: true,
      roles: undefined,
      successStatus: 200,
      undefinedStatus: undefined,
      nullStatus: 204,
      redirect: undefined,
      view: undefined,
      headers: {},
      isIntercepted: false,
      appAnswersErrors: false,
      bodyTypes: undefined,
    });
    const validation = { forbidUnknownValues: false, groups: ['new'] };
    deepEqual(order?.parameters, [
      { kind: 'body', name: '', type: Order, isList: true, isRequired: true, validation },
    ]);
    deepEqual(order.bodyTypes, ['application/vnd.tea+json']);
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

  it('say whether something else has the last word of what is sent', async () => {
    const pour = (_: unknown, tea: unknown) => ({ tea });
    @JsonController()
    class CupsController {
      @Get('/cups')
      @UseInterceptor(pour)
      list() {}

      @Get('/cups/:id')
      find() {}
    }
    @Interceptor()
    class Saucer implements InterceptorInterface {
      intercept(_: unknown, result: unknown) {
        return result;
      }
    }
    @Plugin({ name: 'cups', controllers: [CupsController] })
    class CupsPlugin {}
    const told = async (options: Partial<HostOptions>) => {
      await using bed = await testHost([ReaderPlugin, CupsPlugin], options).start();
      const actions = bed.get(ReaderPlugin, 'reader').plugins.actionsOf('cups');
      return actions.map(({ isIntercepted, appAnswersErrors }) => [isIntercepted, appAnswersErrors]);
    };
    deepEqual(await told({}), [
      [true, false],
      [false, false],
    ]);
    deepEqual(await told({ interceptors: [Saucer], errorBody: () => ({}) }), [
      [true, true],
      [true, true],
    ]);
    deepEqual(await told({ defaultErrorHandler: false, validation: false }), [
      [true, true],
      [false, true],
    ]);
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
