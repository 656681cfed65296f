import assert from 'node:assert/strict';
import { IsInt } from 'class-validator';
import {
  Body,
  Controller,
  Get,
  JsonController,
  OnUndefined,
  Param,
  Post,
  QueryParam,
} from 'routing-controllers';
import { stub } from 'sinon';
import { serve } from './served-app.ts';

class Sum {
  @IsInt()
  left!: number;

  @IsInt()
  right!: number;
}

@JsonController('/math')
class MathController {
  @Get('/double/:number')
  double(@Param('number') number: number, @QueryParam('plus') plus: number) {
    return { result: number * 2 + (plus ?? 0) };
  }

  @Post('/sum')
  async sum(@Body() sum: Sum) {
    return { result: sum.left + sum.right, isSum: sum instanceof Sum };
  }
}

@Controller()
class TextController {
  @Get('/text')
  text() {
    return 'plain';
  }
}

describe('an action', () => {
  it('gets its arguments in their types and answers JSON', async () => {
    const { request } = serve([MathController]);
    await request.get('/math/double/21?plus=8').expect(200, { result: 50 });
  });

  it('gets a body as an instance of its class', async () => {
    const { request } = serve([MathController]);
    await request.post('/math/sum').send({ left: 1, right: 2 }).expect(200, { result: 3, isSum: true });
  });

  it('calls what has been put in its method’s place since', async () => {
    const { request } = serve([TextController]);
    await request.get('/text').expect(200, 'plain');
    const spied = stub(TextController.prototype, 'text').returns('spied');
    await request.get('/text').expect(200, 'spied');
    spied.restore();
    await request.get('/text').expect(200, 'plain');
  });

  it('keeps to itself what only looks like another plugin’s', async () => {
    @JsonController()
    class Loose {
      @Get('/size')
      size(@QueryParam('size') size: number) {
        return size === undefined ? undefined : { size };
      }
    }
    @JsonController()
    class Strict {
      @Get('/size')
      @OnUndefined(204)
      size(@QueryParam('size', { required: true }) size: string) {
        return size === 'none' ? undefined : { size };
      }
    }
    const [loose, strict] = [serve([Loose]), serve([Strict])];
    await loose.request.get('/size?size=1').expect(200, { size: 1 });
    await strict.request.get('/size?size=1').expect(200, { size: '1' });
    await loose.request.get('/size').expect(404);
    await strict.request.get('/size').expect(400, /ParamRequiredError/);
    await strict.request.get('/size?size=none').expect(204);
  });

  it('is a plugin’s own: the same class serves two of them with two instances', async () => {
    @JsonController()
    class Counter {
      private count = 0;

      @Get('/count')
      next() {
        return ++this.count;
      }
    }
    const [one, other] = [serve([Counter]), serve([Counter])];
    await one.request.get('/count').expect(200, '1');
    await one.request.get('/count').expect(200, '2');
    await other.request.get('/count').expect(200, '1');
  });

  it('answers text where its controller does', async () => {
    const { request } = serve([TextController]);
    const { text, headers } = await request.get('/text').expect(200);
    assert.equal(text, 'plain');
    assert.match(headers['content-type'] as string, /^text\/html/);
  });
});
