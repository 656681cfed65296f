import { deepEqual, equal } from 'node:assert/strict';
import { Plugin } from 'plugboard';
import type { Operation } from 'plugboard/plugins/openapi';
import { conformance } from 'plugboard/plugins/openapi/testing';
import type { HostTestBed } from 'plugboard/testing';
import { Get, Head, JsonController, Method, Param } from 'routing-controllers';
import { CataloguePlugin } from './catalogue.ts';
import { documented, mergedOf, operationsOf, validate } from './documents.ts';

@Plugin({ name: 'odd-routes', prefix: '/odd' })
@JsonController()
class OddRoutesPlugin {
  @Get(/\/\d+/)
  pattern() {
    return {};
  }

  @Method('propfind' as never, '/files')
  files() {
    return {};
  }

  @Get('/:id(\\d+)/same')
  byId(@Param('id') id: number) {
    return { id };
  }

  @Get('/:name([a-z]+)/same')
  byName(@Param('name') name: string) {
    return { name };
  }

  @Get('/own')
  own() {
    return {};
  }

  @Head('/own')
  ownHead() {
    return {};
  }
}

describe('the OpenAPI description of an action', () => {
  let bed: HostTestBed;
  let operations: Readonly<Record<string, Operation>>;
  let schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  before(async () => {
    bed = await documented([CataloguePlugin]);
    const merged = mergedOf(bed.host);
    operations = operationsOf(merged);
    schemas = merged.components.schemas;
  });

  after(async () => bed.close());

  const parametersOf = (name: string) =>
    (operations[`GET /catalogue/items${name}`]?.parameters ?? []).map(
      ({ name, in: place, required, schema }) => [place, name, required === true, schema?.['type']].join(' '),
    );

  it('has the parameters of its path, as numbers where they become numbers', () => {
    deepEqual(parametersOf('/{id}'), ['path id true number']);
  });

  it('has each way to write its path, also what the action does not look at', () => {
    deepEqual(parametersOf('/{from}-{to}/files/{file}/{rest}'), [
      'path from true string',
      'path to true string',
      'path file true string',
      'path rest true string',
    ]);
    deepEqual(parametersOf('/{from}-{to}/files/{rest}').length, 3);
  });

  it('has each parameter of the query by its type', () => {
    deepEqual(parametersOf('/search'), [
      'query text true string',
      'query page false number',
      'query exact false boolean',
      'query since false string',
      'query id false array',
      'query place false ',
    ]);
    const place = operations['GET /catalogue/items/search']?.parameters?.at(-1);
    deepEqual(place?.content, { 'application/json': { schema: { $ref: '#/components/schemas/Place' } } });
  });

  it('has the properties of a class for the whole query, with their limits and defaults', () => {
    deepEqual(operations['GET /catalogue/items']?.parameters, [
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      { name: 'sort', in: 'query', required: true, schema: { type: 'string', enum: ['name', 'price'] } },
      { name: 'stocked', in: 'query', required: false, schema: { type: 'boolean' } },
    ]);
  });

  it('has headers and cookies, but for the headers that OpenAPI has other words for', () => {
    deepEqual(parametersOf('/whoami'), ['header x-trace false string', 'cookie theme false string']);
  });

  it('has a body of a class, as JSON and as a form', () => {
    const schema = { $ref: '#/components/schemas/NewItem' };
    deepEqual(operations['POST /catalogue/items']?.requestBody, {
      required: true,
      content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
    });
  });

  it('has a list as a body', () => {
    deepEqual(operations['POST /catalogue/items/many']?.requestBody?.content, {
      'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/NewItem' } } },
    });
  });

  it('has the properties of a body that it takes one by one', () => {
    const { requestBody } = operations['PATCH /catalogue/items/{id}'] as Operation;
    deepEqual(requestBody?.content['application/json']?.schema, {
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
    });
  });

  it('has files as multipart, together with the other fields', () => {
    const { requestBody } = operations['PUT /catalogue/items/{id}/picture'] as Operation;
    const file = { type: 'string', format: 'binary' };
    deepEqual(requestBody?.content, {
      'multipart/form-data': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Title' },
            {
              type: 'object',
              properties: { picture: file, more: { type: 'array', items: file } },
              required: ['picture'],
            },
          ],
        },
      },
    });
  });

  it('has its answers by their status: its own, what the host refuses, what it may fail with', () => {
    const answers = (name: string) => Object.keys(operations[name]?.responses ?? {}).join(' ');
    equal(answers('GET /catalogue/items/{id}'), '200 204 400 404 410 500 503 504');
    equal(answers('POST /catalogue/items'), '201 400 404 413 500 503 504');
    equal(answers('DELETE /catalogue/items/{id}'), '200 204 400 404 500 503 504');
    equal(answers('GET /catalogue/items/whoami'), '200 401 403 404 500 503 504');
    equal(answers('GET /catalogue/pages/old'), '302 500 503 504');
  });

  it('has the type of its answer: what it is said to be, or what the method returns', () => {
    const answer = (name: string, status = 200) => {
      const response = operations[name]?.responses[status];
      return response && 'content' in response ? response.content : undefined;
    };
    const item = { $ref: '#/components/schemas/Item' };
    deepEqual(answer('GET /catalogue/items'), {
      'application/json': { schema: { type: 'array', items: item } },
    });
    deepEqual(answer('POST /catalogue/items', 201), { 'application/json': { schema: item } });
    deepEqual(answer('GET /catalogue/pages/text'), { 'text/plain': { schema: { type: 'string' } } });
    deepEqual(answer('GET /catalogue/items/search'), { 'application/json': { schema: {} } });
  });

  it('has its summary, its description, and that it is deprecated', () => {
    const { summary, description, tags } = operations['GET /catalogue/items/{id}'] as Operation;
    deepEqual([summary, description, tags], ['One item', 'As it is *now*.', ['catalogue']]);
    equal(operations['DELETE /catalogue/items/{id}']?.deprecated, true);
  });

  it('is missing where it is hidden, and where its path is a regular expression', () => {
    deepEqual(
      Object.keys(operations).filter((name) => /hidden|pattern/.test(name)),
      [],
    );
  });

  it('is named as missing where the host serves what OpenAPI has no words for', async () => {
    await using other = await documented([OddRoutesPlugin]);
    const document = mergedOf(other.host);
    equal(await validate(document), 'valid');
    const routes = document['x-not-described'] ?? [];
    deepEqual(
      routes.map(({ tag, method, path, reason }) => `${tag}: ${method} ${path}: ${reason}`),
      [
        'odd-routes: GET /^\\/odd(?:\\/\\d+)\\/?$/: OpenAPI has no path for a regular expression, nor for one that leaves out what is optional in over 32 ways',
        'odd-routes: PROPFIND /odd/files: OpenAPI 3.1 has no place for the method PROPFIND',
        "odd-routes: GET /odd/:name([a-z]+)/same: OpenAPI can't tell it from another route of /odd/{name}/same",
      ],
    );
    for (const path of ['/odd/7', '/odd/7/same', '/odd/abc/same']) await other.request.get(path).expect(200);
  });

  it('is there for the HEAD of a GET where it is asked for', async () => {
    await using other = await documented([OddRoutesPlugin], { config: { head: true } });
    const described = operationsOf(mergedOf(other.host));
    const head = described['HEAD /odd/{id}/same'];
    deepEqual([head?.operationId, head?.responses[200]], ['odd-routes.byId.head', { description: 'OK' }]);
    // Its own action comes before what the GET answers.
    equal(described['HEAD /odd/own']?.operationId, 'odd-routes.ownHead');
    conformance(other.host).check(await other.request.head('/odd/7/same').expect(200));
    equal(operations['HEAD /catalogue/items'], undefined);
  });

  it('is there for each verb of an action for all', () => {
    equal(Object.keys(operations).filter((name) => name.endsWith('/items/any')).length, 8);
  });

  it('has the schema of a class by its decorators, in whatever order they stand', () => {
    const { properties, required } = schemas['NewItem'] as {
      readonly properties: object;
      readonly required: readonly string[];
    };
    const maker = { $ref: '#/components/schemas/Maker' };
    deepEqual(properties, {
      name: {
        type: 'string',
        minLength: 1,
        maxLength: 60,
        description: 'What it is called',
        examples: ['tea'],
      },
      price: { type: 'integer', minimum: 1, maximum: 1000 },
      colour: { enum: ['red', 'green'], default: 'red' },
      size: { enum: [0, 1] },
      tags: { type: 'array', items: { type: 'string' } },
      even: { type: 'number' },
      weight: { type: 'number', exclusiveMinimum: 0 },
      madeAt: { type: 'string', format: 'date-time' },
      maker,
      sellers: { type: 'array', minItems: 1, items: maker },
    });
    deepEqual(required.toSorted(), ['maker', 'name', 'price', 'size']);
  });

  it('has only classes that an action speaks of', () => {
    deepEqual(Object.keys(schemas).sort(), [
      'ErrorBody',
      'InternalErrorBody',
      'Item',
      'Maker',
      'NewItem',
      'Place',
      'Title',
      'Unavailable',
      'ValidationErrorBody',
      'Violation',
    ]);
  });
});
