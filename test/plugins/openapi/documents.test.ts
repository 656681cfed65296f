import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IsInt, IsString } from 'class-validator';
import express from 'express';
import { createHost, Plugin } from 'plugboard';
import { ApiDocuments, ApiOperation, OpenApiPlugin, type OpenApiDocument } from 'plugboard/plugins/openapi';
import type { HostTestBed } from 'plugboard/testing';
import { Body, Get, JsonController, Param, Post } from 'routing-controllers';
import request from 'supertest';
import { folderWith } from '../../discovery/temporary-folder.ts';
import { captureLog, closeHosts, serve } from '../../host/hosting.ts';
import { CataloguePlugin } from './catalogue.ts';
import { documented, mergedOf, operationsOf, validate } from './documents.ts';

const ownPlugins = ['dashboard', 'guestbook', 'guestbook-stats', 'health', 'metrics', 'welcome'].map(
  (name) => `./plugins/${name}`,
);

describe('the OpenAPI documents', () => {
  it('are valid by an independent validator, merged and of each plugin', async () => {
    await using bed = await documented([...ownPlugins, CataloguePlugin]);
    const { body } = await bed.request.get('/openapi.json').expect(200).expect('Content-Type', /json/);
    const merged = body as OpenApiDocument;
    deepEqual(merged.tags.map(({ name }) => name).sort(), [
      'catalogue',
      'dashboard',
      'guestbook',
      'guestbook-stats',
      'health',
      'metrics',
      'welcome',
    ]);
    const validated = { '': await validate(merged) };
    for (const { name } of merged.tags) {
      const own = await bed.request.get(`/openapi/${name}.json`).expect(200);
      Object.assign(validated, { [name]: await validate(own.body as OpenApiDocument) });
    }
    deepEqual(new Set(Object.values(validated)), new Set(['valid']), JSON.stringify(validated));
  });

  it('have the name, version and description of their plugin, or those of the configuration', async () => {
    const config = { title: 'The shop', version: '7.0.0', description: 'All of it' };
    await using bed = await documented([CataloguePlugin], { config });
    deepEqual(mergedOf(bed.host).info, config);
    deepEqual(bed.host.get(ApiDocuments).of('catalogue')?.info, {
      title: 'catalogue',
      version: '3.1.0',
      description: 'Things and their makers',
    });
  });

  it('have no plugin that is excluded, and say why there is none of a plugin', async () => {
    await using bed = await documented([CataloguePlugin, './plugins/health'], {
      config: { exclude: ['catalogue'] },
    });
    deepEqual(Object.keys(mergedOf(bed.host).paths), ['/health', '/health/live', '/health/ready']);
    await bed.request
      .get('/openapi/catalogue.json')
      .expect(404, { name: 'NotFoundError', message: '"catalogue" is not documented.' });
    await bed.request
      .get('/openapi/chess.json')
      .expect(404, { name: 'NotFoundError', message: 'There is no plugin "chess".' });
  });

  it('give each operation an id of its own, by its plugin', async () => {
    await using bed = await documented([...ownPlugins, CataloguePlugin]);
    const operations = Object.values(operationsOf(mergedOf(bed.host)));
    const ids = operations.map(({ operationId }) => operationId);
    equal(new Set(ids).size, ids.length);
    ok(ids.includes('guestbook.find') && ids.includes('removeItem') && ids.includes('catalogue.any.get'));
  });

  it('name the place where the app has mounted the host', async () => {
    const host = createHost({
      plugins: [OpenApiPlugin, CataloguePlugin],
      prefix: '/v1',
      log: captureLog([]),
    });
    await host.start();
    const app = express().use('/api', host.handler);
    const { body } = await request(app).get('/api/v1/openapi.json').expect(200);
    const { servers, paths } = body as OpenApiDocument;
    deepEqual(servers, [{ url: '/api' }]);
    ok('/v1/catalogue/items' in paths);
    await host.close();
  });

  it('keep classes of one name apart, by their plugins', async () => {
    await using bed = await documented([TeaPlugin, WinePlugin]);
    const merged = mergedOf(bed.host);
    const { schemas } = merged.components;
    deepEqual(propertiesOf(schemas['tea.Order']), ['cups']);
    deepEqual(propertiesOf(schemas['wine.Order']), ['bottles']);
    deepEqual(propertiesOf(schemas['wine.Order2']), ['label']);
    equal(bodyOf(merged, 'POST /tea'), '#/components/schemas/tea.Order');
    equal(bodyOf(merged, 'POST /wine/labels'), '#/components/schemas/wine.Order2');
    equal(await validate(merged), 'valid');
    const tea = bed.host.get(ApiDocuments).of('tea') as OpenApiDocument;
    equal(bodyOf(tea, 'POST /tea'), '#/components/schemas/Order');
  });

  it('have one path for what differs only in the names of parameters', async () => {
    await using bed = await documented([TeaPlugin, WinePlugin]);
    const { paths } = mergedOf(bed.host);
    deepEqual(Object.keys(paths['/drinks/{tea}'] ?? {}), ['get', 'post']);
    deepEqual(
      paths['/drinks/{tea}']?.post?.parameters?.map(({ name }) => name),
      ['tea'],
    );
  });

  it('are there, and valid, for a plugin without routes', async () => {
    await using bed = await documented([IdlePlugin]);
    const own = bed.host.get(ApiDocuments).of('idle') as OpenApiDocument;
    deepEqual([own.paths, own.tags, own.components.schemas], [{}, [], {}]);
    equal(await validate(own), 'valid');
    equal(await validate(mergedOf(bed.host)), 'valid');
  });

  it('give an id that two plugins want to the first, and one with its name to the other', async () => {
    await using bed = await documented([FirstPlugin, SecondPlugin]);
    const operations = operationsOf(mergedOf(bed.host));
    equal(operations['GET /first']?.operationId, 'findAll');
    equal(operations['GET /second']?.operationId, 'second.findAll');
    const own = bed.host.get(ApiDocuments).of('second') as OpenApiDocument;
    equal(operationsOf(own)['GET /second']?.operationId, 'findAll');
  });

  it('say by which security schemes what is authorized is opened', async () => {
    const securitySchemes = { token: { type: 'http', scheme: 'bearer' } };
    await using bed = await documented([CataloguePlugin], { config: { securitySchemes } });
    const merged = mergedOf(bed.host);
    const operations = operationsOf(merged);
    deepEqual(merged.components.securitySchemes, securitySchemes);
    deepEqual(operations['GET /catalogue/items/whoami']?.security, [{ token: [] }]);
    equal(operations['GET /catalogue/items']?.security, undefined);
    equal(await validate(merged), 'valid');
  });

  it('have the app’s own shape of errors where it is configured', async () => {
    const errorSchema = { type: 'object', properties: { error: { type: 'string' } } };
    await using bed = await documented([CataloguePlugin], { config: { errorSchema } });
    deepEqual(mergedOf(bed.host).components.schemas['ErrorBody'], errorSchema);
  });
});

describe('the OpenAPI documents of plugins that change', () => {
  it('are those of the new generation as soon as it runs', async () => {
    const folder = await folderWith({ 'clock/index.ts': clock('now', 'IsInt') });
    await using bed = await documented([join(folder, 'clock')]);
    const before = mergedOf(bed.host);
    deepEqual(Object.keys(before.paths), ['/clock/now']);
    deepEqual(before.components.schemas['Zone'], zone('integer'));

    await writeFile(join(folder, 'clock/index.ts'), clock('later', 'IsString'));
    await bed.host.reload('clock');

    const after = mergedOf(bed.host);
    deepEqual(Object.keys(after.paths), ['/clock/later']);
    deepEqual(after.components.schemas['Zone'], zone('string'));
  });

  it('lose the paths of a plugin that is unloaded, and have them again when it is back', async () => {
    await using bed = await documented([TeaPlugin, WinePlugin]);
    notEqual(mergedOf(bed.host).paths['/wine'], undefined);

    await bed.host.unload('wine');
    equal(mergedOf(bed.host).paths['/wine'], undefined);
    await bed.request
      .get('/openapi/wine.json')
      .expect(404, { name: 'NotFoundError', message: '"wine" is stopped.' });

    await bed.host.load(WinePlugin);
    notEqual(mergedOf(bed.host).paths['/wine'], undefined);
  });

  it('have not the plugins that fail, and have them when they run', async () => {
    let isBroken = true;
    @Plugin({ name: 'frail' })
    @JsonController('/frail')
    class FrailPlugin {
      onStart() {
        if (isBroken) throw new Error('no tea');
      }

      @Get()
      list() {
        return [];
      }
    }
    const { host, app } = await serve({ plugins: [OpenApiPlugin, TeaPlugin, FrailPlugin] });
    equal(mergedOf(host).paths['/frail'], undefined);
    const { body } = await request(app).get('/openapi/frail.json').expect(404);
    match((body as { message: string }).message, /^"frail" is (?!running)\w+\.$/);
    isBroken = false;
    await host.reload('frail');
    notEqual(mergedOf(host).paths['/frail'], undefined);
    await closeHosts();
  });

  it('are sent again only where they have changed', async () => {
    await using bed = await documented([TeaPlugin, WinePlugin]);
    for (const path of ['/openapi.json', '/openapi/tea.json']) {
      const first = await bed.request.get(path).expect(200).expect('Cache-Control', 'no-cache');
      const tag = first.headers['etag'] ?? '';
      const known = await bed.request.get(path).set('If-None-Match', tag).expect(304).expect('ETag', tag);
      equal(known.text, '');
      await bed.request.get(path).set('If-None-Match', '"another"').expect(200);
    }
    const [merged, tea] = await tagsOf(bed);
    await bed.host.unload('wine');
    const [without, same] = await tagsOf(bed);
    notEqual(without, merged);
    equal(same, tea);
    await bed.host.load(WinePlugin);
    deepEqual(await tagsOf(bed), [merged, tea]);
  });

  it('are not made again while nothing changes', async () => {
    await using bed = await documented([CataloguePlugin]);
    equal(mergedOf(bed.host).paths, mergedOf(bed.host).paths);
  });
});

const Order = (() => {
  class Order {
    @IsInt()
    cups!: number;
  }
  return Order;
})();

@Plugin({ name: 'tea' })
@JsonController()
class TeaPlugin {
  @Post('/tea')
  order(@Body({ type: Order }) order: object) {
    return order;
  }

  @Get('/drinks/:tea')
  find(@Param('tea') tea: string) {
    return { tea };
  }
}

const [WineOrder, LabelOrder] = (() => {
  const bottles = class Order {
    bottles!: number;
  };
  const label = class Order {
    label!: string;
  };
  IsInt()(bottles.prototype, 'bottles');
  IsString()(label.prototype, 'label');
  return [bottles, label] as const;
})();

@Plugin({ name: 'wine' })
@JsonController()
class WinePlugin {
  @Post('/wine')
  order(@Body({ type: WineOrder }) order: object) {
    return order;
  }

  @Post('/wine/labels')
  @ApiOperation({ summary: 'Another class of the same name' })
  label(@Body({ type: LabelOrder }) order: object) {
    return order;
  }

  @Post('/drinks/:wine')
  add(@Param('wine') wine: string) {
    return { wine };
  }
}

@Plugin({ name: 'idle' })
class IdlePlugin {}

@Plugin({ name: 'first' })
@JsonController('/first')
class FirstPlugin {
  @Get()
  @ApiOperation({ operationId: 'findAll' })
  list() {
    return [];
  }
}

@Plugin({ name: 'second' })
@JsonController('/second')
class SecondPlugin {
  @Get()
  @ApiOperation({ operationId: 'findAll' })
  list() {
    return [];
  }
}

async function tagsOf(bed: HostTestBed): Promise<readonly (string | undefined)[]> {
  const [merged, tea] = [await bed.request.get('/openapi.json'), await bed.request.get('/openapi/tea.json')];
  return [merged.headers['etag'], tea.headers['etag']];
}

function clock(route: string, constraint: string): string {
  return `
    import { ${constraint} } from 'class-validator';
    import { Plugin } from 'plugboard';
    import { ApiOperation } from 'plugboard/plugins/openapi';
    import { Get, JsonController } from 'routing-controllers';

    class Zone {
      @${constraint}()
      offset: any;
    }

    @Plugin({ name: 'clock' })
    @JsonController('/clock')
    export class ClockPlugin {
      @Get('/${route}')
      @ApiOperation({ response: Zone })
      tell() {
        return {};
      }
    }
  `;
}

function zone(type: string): object {
  return { type: 'object', properties: { offset: { type } }, required: ['offset'] };
}

function propertiesOf(schema: object | undefined): readonly string[] {
  return Object.keys((schema as { properties?: object } | undefined)?.properties ?? {});
}

function bodyOf(document: OpenApiDocument, operation: string): unknown {
  return operationsOf(document)[operation]?.requestBody?.content['application/json']?.schema['$ref'];
}
