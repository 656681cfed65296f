import assert from 'node:assert/strict';
import type { Request } from 'express';
import {
  Authorized,
  BadRequestError,
  BodyParam,
  createParamDecorator,
  Ctx,
  CurrentUser,
  Get,
  HeaderParams,
  JsonController,
  Post,
  QueryParam,
  QueryParams,
  Req,
  SessionParam,
  State,
} from 'routing-controllers';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, ValidateNested } from 'class-validator';
import { serve } from './served-app.ts';

class Range {
  @IsInt()
  from!: number;
}

class Search {
  @ValidateNested()
  @Type(() => Range)
  range!: Range;

  @IsOptional()
  @IsArray()
  words!: string[];
}

function Slowly(): ParameterDecorator {
  return createParamDecorator({
    value: async ({ request }) => {
      const { slow } = (request as Request).query;
      if (slow === 'fails') throw new BadRequestError('too slow');
      return slow;
    },
  }) as ParameterDecorator;
}

@JsonController()
class Parameters {
  @Get('/slow')
  slow(@Slowly() slow: string, @QueryParam('number') number: number) {
    return { slow, number };
  }

  @Get('/session')
  session(@SessionParam('user') user: string) {
    return { user };
  }

  @Get('/state')
  state(@State() state: object) {
    return state;
  }

  @Get('/context')
  context(@Ctx() context: unknown) {
    return { context: context ?? null };
  }

  @Get('/search')
  search(@QueryParams() search: Search) {
    return { search, isRange: search.range instanceof Range };
  }

  @Get('/headers')
  headers(@HeaderParams() headers: Search, @Req() request: Request) {
    return { words: headers.words, own: request.headers.words };
  }

  @Get('/user')
  user(@CurrentUser({ required: true }) user: object) {
    return { user };
  }

  @Authorized()
  @Get('/closed')
  closed() {
    return 'open';
  }

  @Post('/part')
  part(@BodyParam('part') part: unknown) {
    return { part };
  }
}

describe('a parameter', () => {
  it('may be waited for, and fail before or after another one', async () => {
    const { request } = serve([Parameters]);
    await request.get('/slow?slow=yes&number=1').expect(200, { slow: 'yes', number: 1 });
    const first = await request.get('/slow?slow=yes&number=one').expect(400);
    assert.equal((first.body as Error).name, 'ParamNormalizationError');
    // Both fail, and nobody is left with an unhandled rejection.
    await request.get('/slow?slow=fails&number=one').expect(400);
    await request.get('/slow?slow=fails').expect(400, { name: 'BadRequestError', message: 'too slow' });
  });

  it('of a session needs one, and says so to the host', async () => {
    const { request, reported } = serve([Parameters]);
    await request.get('/session').expect(500);
    assert.match(String(reported[0]?.error), /use express-session before host\.handler/);
  });

  it('of Koa is not there', async () => {
    const { request } = serve([Parameters]);
    await request.get('/state').expect(500);
    await request.get('/context').expect(200, { context: null });
  });

  it('of a class has its properties in their types, JSON included', async () => {
    const { request } = serve([Parameters]);
    const range = (value: unknown): string => encodeURIComponent(JSON.stringify(value));
    await request
      .get(`/search?words=one&range=${range({ from: 1 })}`)
      .expect(200, { search: { words: ['one'], range: { from: 1 } }, isRange: true });
    await request.get(`/search?range=${range({ from: 'x' })}`).expect(400);
    await request.get('/search?range=oops').expect(400);
  });

  it('leaves the request’s own headers as they came', async () => {
    await serve([Parameters], { options: { validation: false } })
      .request.get('/headers')
      .set('words', 'a')
      .expect(200, { words: ['a'], own: 'a' });
  });

  it('of a body that is no object is not there', async () => {
    const { request } = serve([Parameters], {
      before: [(incoming, _response, next) => ((incoming.body = null), next())],
    });
    await request.post('/part').expect(200, {});
  });
});

describe('authorization', () => {
  const refusal = async (options: object) => {
    const { request, reported } = serve([Parameters], { options });
    const { status, body } = await request.get('/closed');
    return { status, name: (body as Error).name, reported: reported.map(({ error }) => String(error)) };
  };

  it('needs a checker', async () => {
    const { status, name, reported } = await refusal({});
    assert.deepEqual({ status, name }, { status: 500, name: 'InternalServerError' });
    assert.match(reported.join(), /define authorizationChecker/);
    const { request } = serve([Parameters]);
    await request.get('/user').expect(500);
  });

  it('may be refused at once, later, or by an error', async () => {
    const name = 'AuthorizationRequiredError';
    assert.deepEqual(await refusal({ authorizationChecker: () => false }), {
      status: 401,
      name,
      reported: [],
    });
    assert.deepEqual(await refusal({ authorizationChecker: async () => false }), {
      status: 401,
      name,
      reported: [],
    });
    const throws = () => {
      throw new BadRequestError('no');
    };
    assert.equal((await refusal({ authorizationChecker: throws })).status, 400);
    assert.equal((await refusal({ authorizationChecker: async () => throws() })).status, 400);
    assert.equal((await refusal({ authorizationChecker: () => true })).status, 200);
  });

  it('knows the user, at once or later', async () => {
    for (const currentUserChecker of [() => ({ id: 1 }), async () => ({ id: 1 })]) {
      await serve([Parameters], { options: { currentUserChecker } })
        .request.get('/user')
        .expect(200, { user: { id: 1 } });
    }
    for (const currentUserChecker of [() => null, async () => undefined]) {
      await serve([Parameters], { options: { currentUserChecker } }).request.get('/user').expect(401);
    }
  });
});
