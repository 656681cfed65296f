import { deepEqual, equal, ok } from 'node:assert/strict';
import { Readable } from 'node:stream';
import { Exclude, Expose, Type } from 'class-transformer';
import { Allow, IsInt, IsString, ValidateNested } from 'class-validator';
import { Plugin } from 'plugboard';
import { ApiDocuments, ApiOperation, type OpenApiDocument, type Operation } from 'plugboard/plugins/openapi';
import { conformance, type Conformance } from 'plugboard/plugins/openapi/testing';
import type { HostTestBed } from 'plugboard/testing';
import {
  Body,
  ContentType,
  Controller,
  CurrentUser,
  Get,
  JsonController,
  NotFoundError,
  OnNull,
  Param,
  Post,
  QueryParam,
  QueryParams,
  UseInterceptor,
} from 'routing-controllers';
import { documented, mergedOf, operationsOf, validate } from './documents.ts';

class Part {
  @IsInt()
  size!: number;
}

class Account {
  @IsString({ groups: ['create'] })
  name!: string;

  @IsInt({ groups: ['change'] })
  revision!: number;

  @Allow()
  note?: string;
}

class Member {
  @IsString()
  name!: string;

  @Exclude({ toPlainOnly: true })
  @IsString()
  password!: string;

  @Exclude()
  @IsString()
  inner = 'secret';

  @Expose({ name: 'partOf' })
  @ValidateNested()
  @Type(() => Part)
  part!: Part;
}

abstract class Shape {
  @IsString()
  colour!: string;
}

class Circle extends Shape {
  @IsInt()
  radius!: number;
}

class Square extends Shape {
  @IsInt()
  side!: number;
}

class Drawing {
  @ValidateNested()
  @Type(() => Shape, {
    keepDiscriminatorProperty: true,
    discriminator: {
      property: 'kind',
      subTypes: [
        { value: Circle, name: 'circle' },
        { value: Square, name: 'square' },
      ],
    },
  })
  shape!: Circle | Square;
}

class Where {
  @ValidateNested()
  @Type(() => Part)
  part!: Part;
}

function pageOf(type: new () => object) {
  class Page {
    @ValidateNested({ each: true })
    @Type(() => type)
    items!: object[];
  }
  return Page;
}

const nameless = (() =>
  class {
    declare size: number;
  })();
IsInt()(nameless.prototype, 'size');
Object.defineProperty(nameless, 'name', { value: '' });

const part = { size: 1 };

@JsonController('/odd')
class OddController {
  @Post('/accounts')
  create(@Body({ validate: { groups: ['create'] } }) account: Account) {
    return account;
  }

  @Post('/accounts/:id')
  change(@Param('id') _id: number, @Body({ validate: { groups: ['change'] } }) account: Account): Account {
    return account;
  }

  @Post('/strict')
  strict(@Body({ validate: { whitelist: true, forbidNonWhitelisted: true } }) only: Part) {
    return only;
  }

  @Post('/members')
  @ApiOperation({ response: Member })
  join(@Body() member: Member) {
    return member;
  }

  @Post('/drawings')
  draw(@Body() drawing: Drawing): Drawing {
    return drawing;
  }

  @Post('/merge')
  merge(@Body({ options: { type: 'application/merge-patch+json' } }) change: Part) {
    return change;
  }

  @Post('/nameless')
  nameless(@Body({ type: nameless }) body: object) {
    return body;
  }

  @Get('/parts')
  @ApiOperation({ response: pageOf(Part) })
  parts() {
    return { items: [part] };
  }

  @Get('/members')
  @ApiOperation({ response: pageOf(Member) })
  members() {
    return { items: [] };
  }

  @Get('/where')
  where(@QueryParams() { part: given }: Where) {
    return given;
  }

  @Get('/wrapped')
  @UseInterceptor((_: unknown, result: unknown) => ({ data: result }))
  wrapped(): Part {
    return part;
  }

  @Get('/nothing')
  @OnNull(204)
  nothing() {
    return null;
  }

  @Get('/bytes')
  bytes(): Buffer {
    return Buffer.from('x');
  }

  @Get('/stream')
  stream(): Readable {
    return Readable.from(['x']);
  }

  @Get('/problem')
  @ContentType('application/problem+json')
  problem(@QueryParam('n', { required: true }) n: number) {
    return { n };
  }

  @Get('/date')
  date(): Date {
    return new Date(0);
  }

  @Get('/user')
  user(@CurrentUser({ required: true }) user: object) {
    return user;
  }
}

@Controller('/text')
class TextController {
  @Get('/object')
  object() {
    return { a: 1 };
  }

  @Get('/html')
  html(): string {
    return '<p>';
  }

  @Get('/number')
  number(@QueryParam('n', { required: true }) n: number) {
    return n;
  }
}

@Plugin({ name: 'odd', controllers: [OddController, TextController] })
class OddPlugin {}

describe('the OpenAPI description of what is out of the ordinary', () => {
  let bed: HostTestBed;
  let document: OpenApiDocument;
  let operations: Readonly<Record<string, Operation>>;
  let api: Conformance;

  before(async () => {
    bed = await documented([OddPlugin], {
      currentUserChecker: ({ request }) =>
        (request as { headers: Record<string, string> }).headers['x-user'] && { name: 'Ada' },
      config: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    });
    document = mergedOf(bed.host);
    operations = operationsOf(document);
    api = conformance(bed.host);
  });

  after(async () => bed.close());

  const bodyName = (operation: string) =>
    operations[operation]?.requestBody?.content['application/json']?.schema['$ref'];
  const schemaOf = (name: string) =>
    document.components.schemas[name] as { properties: object; required?: readonly string[] };
  const content = (operation: string, status = 200) => {
    const response = operations[operation]?.responses[status];
    return response && 'content' in response ? response.content : undefined;
  };

  it('is valid by an independent validator', async () => {
    equal(await validate(document), 'valid');
    equal(await validate(bed.host.get(ApiDocuments).of('odd') as OpenApiDocument), 'valid');
  });

  it('has a class by the groups that are checked', async () => {
    equal(bodyName('POST /odd/accounts'), '#/components/schemas/Account_create');
    deepEqual(schemaOf('Account_create').required, ['name']);
    deepEqual(schemaOf('Account_change').required, ['revision']);
    deepEqual(schemaOf('Account').required, ['name', 'revision']);
    await bed.request.post('/odd/accounts').send({ name: 'Ada' }).expect(200);
    await bed.request.post('/odd/accounts').send({ revision: 1 }).expect(400);
    await bed.request.post('/odd/accounts/1').send({ revision: 1 }).expect(200);
  });

  it('has no further properties where these are refused', async () => {
    equal(bodyName('POST /odd/strict'), '#/components/schemas/Part_strict');
    deepEqual(document.components.schemas['Part_strict']?.['additionalProperties'], false);
    api.check(await bed.request.post('/odd/strict').send({ size: 1, more: 2 }).expect(400));
  });

  it('has what is only sent, what is sent by another name, and nothing of what never is', async () => {
    deepEqual(schemaOf('Member'), {
      type: 'object',
      properties: {
        name: { type: 'string' },
        password: { type: 'string', writeOnly: true },
        partOf: { $ref: '#/components/schemas/Part' },
      },
      required: ['name', 'password', 'partOf'],
    });
    const sent = { name: 'Ada', password: 'x', partOf: part };
    const answer = await bed.request.post('/odd/members').send(sent).expect(200);
    deepEqual(answer.body, { name: 'Ada', partOf: part });
    api.check(answer);
  });

  it('has what a discriminator tells apart', async () => {
    const { shape } = schemaOf('Drawing').properties as { shape: { anyOf: readonly object[] } };
    equal(shape.anyOf.length, 2);
    const circle = { kind: 'circle', colour: 'red', radius: 1 };
    api.check(await bed.request.post('/odd/drawings').send({ shape: circle }).expect(200));
    await bed.request
      .post('/odd/drawings')
      .send({ shape: { ...circle, radius: 'x' } })
      .expect(400);
  });

  it('has classes that are made by a function, and one without a name', () => {
    deepEqual(Object.keys(schemaOf('odd.Page').properties), ['items']);
    deepEqual(schemaOf('odd.Page2').properties, {
      items: { type: 'array', items: { $ref: '#/components/schemas/Member' } },
    });
    deepEqual(schemaOf('Anonymous').properties, { size: { type: 'integer' } });
  });

  it('has the media type that a body is to have', async () => {
    const types = Object.keys(operations['POST /odd/merge']?.requestBody?.content ?? {});
    deepEqual(types, ['application/merge-patch+json', 'application/x-www-form-urlencoded']);
    await bed.request
      .post('/odd/merge')
      .set('Content-Type', 'application/merge-patch+json')
      .send(JSON.stringify(part))
      .expect(200, part);
  });

  it('has an object within the query as JSON', async () => {
    const [parameter] = operations['GET /odd/where']?.parameters ?? [];
    deepEqual(parameter, {
      name: 'part',
      in: 'query',
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Part' } } },
    });
    await bed.request
      .get('/odd/where')
      .query({ part: JSON.stringify(part) })
      .expect(200, part);
  });

  it('says nothing of the body where an interceptor may have changed it', async () => {
    deepEqual(content('GET /odd/wrapped'), { 'application/json': { schema: {} } });
    api.check(await bed.request.get('/odd/wrapped').expect(200, { data: part }));
  });

  it('has that there may be nothing, where the method says so', async () => {
    api.check(await bed.request.get('/odd/nothing').expect(204));
  });

  it('has bytes and dates as they are sent', async () => {
    for (const path of ['/odd/bytes', '/odd/stream']) {
      deepEqual(content(`GET ${path}`), { '*/*': { schema: {} } });
      api.check(await bed.request.get(path).expect(200));
    }
    api.check(await bed.request.get('/odd/date').expect(200));
  });

  it('has errors of the media type of the action', async () => {
    api.check(await bed.request.get('/odd/problem?n=1').expect(200));
    api.check(await bed.request.get('/odd/problem').expect(400));
  });

  it('has what a controller of text sends as Express sends it', async () => {
    deepEqual(content('GET /text/html'), { 'text/html': { schema: { type: 'string' } } });
    api.check(await bed.request.get('/text/html').expect(200));
    api.check(await bed.request.get('/text/object').expect(200, { a: 1 }));
    api.check(await bed.request.get('/text/number?n=1').expect(200));
    api.check(await bed.request.get('/text/number').expect(400));
  });

  it('has an action that needs a user as one that is opened by a security scheme', async () => {
    deepEqual(operations['GET /odd/user']?.security, [{ token: [] }]);
    api.check(await bed.request.get('/odd/user').expect(401));
    api.check(await bed.request.get('/odd/user').set('X-User', 'Ada').expect(200));
  });
});

describe('the OpenAPI description of errors that the app answers', () => {
  const errorBody = () => ({ error: 'sorry' });

  @JsonController('/missing')
  class MissingController {
    @Get()
    find() {
      throw new NotFoundError();
    }
  }

  @Plugin({ name: 'missing', controllers: [MissingController] })
  class MissingPlugin {}

  it('says nothing of their body where nobody has said it', async () => {
    await using bed = await documented([MissingPlugin], { errorBody });
    const document = mergedOf(bed.host);
    deepEqual(document.components.responses['NotFound']?.content, { '*/*': { schema: {} } });
    deepEqual(Object.keys(document.components.schemas), ['Unavailable']);
    conformance(bed.host).check(await bed.request.get('/missing').expect(404));
  });

  it('has the body that the configuration says', async () => {
    const errorSchema = { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] };
    await using bed = await documented([MissingPlugin], { errorBody, config: { errorSchema } });
    conformance(bed.host).check(await bed.request.get('/missing').expect(404));
    ok('ErrorBody' in mergedOf(bed.host).components.schemas);
  });
});
