import assert from 'node:assert/strict';
import {
  Authorized,
  Body,
  Controller,
  Get,
  getMetadataArgsStorage,
  Header,
  JsonController,
  Param,
  Post,
  QueryParam,
  UseAfter,
  UseBefore,
  UseInterceptor,
} from 'routing-controllers';
import { describeActions } from '#lib/http/controller-metadata.js';
import { compilePlugin } from '#lib/http/compile-plugin.js';
import { describePlugin } from '#lib/http/describe-plugin.js';
import { describeInterceptor, describeMiddleware, usedClasses } from '#lib/http/used-classes.js';
import { forgetRouting } from '#lib/registries/routing-metadata.js';
import type { PluginError } from '#lib/errors/plugin-error.js';
import type { Class } from '#lib/plugin/tokens.js';
import { serve, servedPlugin } from './served-app.ts';

class Guard {
  use(): void {}
}

class Catcher {
  error(): void {}
}

class Wrapper {
  intercept(): void {}
}

@Authorized('member')
class Base {
  @Get('/shared/:id')
  @Header('x-by', 'base')
  @UseAfter(Catcher)
  shared(@Param('id') id: number) {
    return { id, by: this.constructor.name };
  }

  @Get('/overridden/:id')
  overridden(@Param('id') id: number) {
    return { id, by: 'base' };
  }

  @Get('/redeclared')
  redeclared() {
    return { by: 'base' };
  }
}

@JsonController('/child')
class Child extends Base {
  override overridden(@Param('id') id: unknown) {
    return { id: id as number, by: 'child' };
  }

  @Get('/redeclared')
  override redeclared(@QueryParam('who') who?: string) {
    return { by: who ?? 'child' };
  }
}

@UseBefore(Guard, () => undefined)
@UseInterceptor(Wrapper)
@JsonController('/second')
class Second extends Base {}

function describe1(controllers: readonly Class[]) {
  return describeActions({ name: 'sample', controllers, options: {} });
}

function failure(run: () => unknown): PluginError {
  try {
    run();
  } catch (error) {
    return error as PluginError;
  }
  throw new Error('It did not fail');
}

describe('the description of controllers', () => {
  const authorizationChecker = (): boolean => true;

  it('lists verb, route and method of each action, in the order of declaration', () => {
    const [first] = describe1([Second, Child]);
    assert.equal(first?.name, 'Child.redeclared');
    assert.equal(first.verb, 'GET');
    assert.equal(first.route, '/child/redeclared');
    assert.equal(describe1([Child, Child]).length, 3);
  });

  it('keeps the parameters and decorators of inherited actions, for each heir', async () => {
    const { request } = serve([Child, Second], { options: { authorizationChecker }, middlewares: [] });
    const { headers } = await request.get('/child/shared/7').expect(200, { id: 7, by: 'Child' });
    assert.equal(headers['x-by'], 'base');
    await request.get('/child/shared/x').expect(400);
  });

  it('lets the decorators of an override win', async () => {
    const { request } = serve([Child], { options: { authorizationChecker } });
    await request.get('/child/overridden/7').expect(200, { id: '7', by: 'child' });
    await request.get('/child/redeclared?who=me').expect(200, { by: 'me' });
  });

  it('keeps inherited actions authorized', async () => {
    const refusing = serve([Child], { options: { authorizationChecker: () => false } }).request;
    await refusing.get('/child/shared/7').expect(403);
    await refusing.get('/child/redeclared').expect(200);
  });

  it('names the classes that decorators use, ancestors’ too', () => {
    assert.deepEqual(new Set(usedClasses([Second])), new Set([Guard, Wrapper, Catcher]));
    assert.deepEqual(usedClasses([Guard]), []);
  });

  it('gives what is not decorated a place', () => {
    assert.deepEqual(describeMiddleware(Guard), { type: 'before', priority: 0 });
    assert.deepEqual(describeInterceptor(Wrapper), { priority: 0 });
  });

  it('is empty for a class without actions, and an error for one that is no controller', () => {
    assert.deepEqual(describe1([Guard]), []);
    const error = failure(() => describe1([Base]));
    assert.equal(error.code, 'CONTROLLER_DECORATOR_MISSING');
    assert.match(error.fix, /@JsonController\(\)/);
    assert.match(error.message, /^Base /);
  });

  it('is an error where the compiler has left no type for a body', () => {
    class Untyped {
      post(): void {}
    }
    Post('/')(Untyped.prototype, 'post');
    (Body() as ParameterDecorator)(Untyped.prototype, 'post', 0);
    Controller()(Untyped);
    const error = failure(() => describe1([Untyped]));
    assert.equal(error.code, 'DECORATOR_METADATA_MISSING');
    assert.match(error.fix, /emitDecoratorMetadata.*plugboard\/register/);
    assert.deepEqual(error.path, ['sample', 'Untyped.post']);
  });

  it('takes untyped parameters that need no type as they come', async () => {
    class Untyped {
      get(id: unknown, query: unknown): object {
        return { id, query };
      }
    }
    JsonController()(Untyped);
    Get('/:id')(Untyped.prototype, 'get');
    (Param('id') as ParameterDecorator)(Untyped.prototype, 'get', 0);
    (QueryParam('q') as ParameterDecorator)(Untyped.prototype, 'get', 1);
    await serve([Untyped]).request.get('/7?q=a').expect(200, { id: '7', query: 'a' });
  });

  it('takes an enum, an interface or nothing as a parameter’s type', async () => {
    enum Level {
      low,
      high,
    }
    class Enums {
      get(...values: unknown[]): object {
        return values;
      }
    }
    const types = [Level, { a: 'a' }, { mixed: 1, other: 'x' }, {}, undefined];
    JsonController()(Enums);
    Get('/enums')(Enums.prototype, 'get');
    for (const index of types.keys()) {
      (QueryParam('q') as ParameterDecorator)(Enums.prototype, 'get', index);
    }
    Reflect.defineMetadata('design:paramtypes', types, Enums.prototype, 'get');
    await serve([Enums]).request.get('/enums?q=1').expect(200, [1, '1', 1, 1, 1]);
  });

  it('leaves routing-controllers’ own arguments as they are', () => {
    const before = getMetadataArgsStorage().params.map((args) => ({ ...args }));
    describeActions({
      name: 'sample',
      controllers: [Child],
      options: { defaults: { paramOptions: { required: true } } },
    });
    assert.deepEqual(getMetadataArgsStorage().params, before);
  });

  it('requires parameters by default where the host says so', async () => {
    const options = { authorizationChecker, defaults: { paramOptions: { required: true } } };
    await serve([Child], { options }).request.get('/child/redeclared').expect(400);
    await serve([Child], { options: { authorizationChecker } }).request.get('/child/redeclared').expect(200);
  });

  it('notices classes that come, and those that are taken away', () => {
    const storage = getMetadataArgsStorage();
    class Late {}
    JsonController('/late')(Late);
    Get('/a')(Late.prototype, 'a');
    assert.equal(describe1([Late]).length, 1);
    Get('/b')(Late.prototype, 'b');
    assert.equal(describe1([Late]).length, 2);
    storage.actions.splice(
      0,
      storage.actions.length,
      ...storage.actions.filter(({ target }) => target !== Late),
    );
    assert.deepEqual(describe1([Late]), []);
  });

  it('knows all others, in their order, where some are forgotten', () => {
    const [First, Second, Third] = [class First {}, class Second {}, class Third {}];
    for (const type of [First, Second]) {
      JsonController()(type);
      Get('/forgotten')(type.prototype, 'get');
    }
    const before = getMetadataArgsStorage().controllers;
    assert.equal(describe1([Second]).length, 1);
    forgetRouting(new Set([First]));
    JsonController()(Third);
    Get('/forgotten')(Third.prototype, 'get');
    assert.deepEqual(
      describe1([Third, Second, First]).map(({ name }) => name),
      ['Second.get', 'Third.get'],
    );
    assert.equal(getMetadataArgsStorage().controllers, before);
    forgetRouting(new Set([Second, Third]));
  });
});

describe('a plugin’s routes', () => {
  it('are known before anything is constructed, its assets first', () => {
    const plugin = { name: 'sample', controllers: [Child], options: {}, prefix: '/p/', assets: '/nowhere' };
    const { routes } = describePlugin(plugin);
    assert.deepEqual(
      routes.map(({ verb, pattern, action }) => `${verb} ${pattern.path} ${action}`),
      [
        'GET /p/sample/assets/*path assets of sample',
        'GET /p/child/redeclared Child.redeclared',
        'GET /p/child/shared/:id Child.shared',
        'GET /p/child/overridden/:id Child.overridden',
      ],
    );
  });

  it('may be written without their first slash', async () => {
    @JsonController('bare')
    class Bare {
      @Get()
      get() {
        return 'bare';
      }
    }
    await serve([Bare]).request.get('/bare').expect(200, '"bare"');
    await serve([Bare], { prefix: '/p' }).request.get('/p/bare').expect(200, '"bare"');
  });

  it('may be regular expressions, below a prefix and a controller’s path, too', async () => {
    @JsonController()
    class Patterns {
      @Get(/\/number\/(\d+)/)
      number(@Param('0') number: number) {
        return { number };
      }
    }
    @JsonController('/below')
    class Below {
      @Get(/\/number\/(\d+)/)
      number(@Param('0') number: number) {
        return { number };
      }
    }
    const { request } = serve([Patterns, Below], { prefix: '/p.q' });
    await request.get('/p.q/number/7').expect(200, { number: 7 });
    await request.get('/p.q/below/number/7/').expect(200, { number: 7 });
    await request.get('/pxq/number/7').expect(404);
    await serve([Below]).request.get('/below/number/7').expect(200, { number: 7 });
  });

  it('that can’t be read are an error that names them', () => {
    @JsonController('/{broken')
    class Broken {
      @Get()
      get() {
        return 'never';
      }
    }
    const error = failure(() => compilePlugin(servedPlugin([Broken])));
    assert.equal(error.code, 'INVALID_ROUTE');
    assert.match(error.message, /'\/\{broken' of Broken\.get/);
  });
});
