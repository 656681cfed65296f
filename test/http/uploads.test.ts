import assert from 'node:assert/strict';
import multer from 'multer';
import { JsonController, Post, UploadedFile, UploadedFiles } from 'routing-controllers';
import { serve } from './served-app.ts';

type File = Express.Multer.File;

@JsonController()
class Uploads {
  @Post('/one')
  one(@UploadedFile('file') file: File) {
    return { size: file?.size };
  }

  @Post('/many')
  many(@UploadedFiles('files') files: File[]) {
    return { count: files.length };
  }

  @Post('/larger')
  larger(@UploadedFile('file', { options: { limits: { fileSize: 5000 } } }) file: File) {
    return { size: file.size };
  }

  @Post('/both')
  both(@UploadedFile('one') one: File, @UploadedFile('two') two: File, @UploadedFiles('more') more: File[]) {
    return {
      one: one?.originalname,
      two: two?.originalname,
      more: more?.map(({ originalname }) => originalname),
    };
  }
}

const file = (bytes: number): Buffer => Buffer.alloc(bytes, 'x');

describe('an upload', () => {
  it('that is larger than allowed is 413, unless the decorator allows it', async () => {
    const { request } = serve([Uploads], { limits: { fileBytes: 1000 } });
    await request.post('/one').attach('file', file(1000), 'a').expect(200, { size: 1000 });
    const { body } = await request.post('/one').attach('file', file(1001), 'a').expect(413);
    assert.deepEqual(body, { name: 'MulterError', message: 'File too large' });
    await request.post('/larger').attach('file', file(4000), 'a').expect(200, { size: 4000 });
  });

  it('of ten megabytes is the most by default, and ten files', async () => {
    const { request } = serve([Uploads]);
    await request
      .post('/one')
      .attach('file', file(10 * 1024 * 1024 + 1), 'a')
      .expect(413);
    const sent = (count: number) => {
      const test = request.post('/many');
      for (let index = 0; index < count; index++) void test.attach('files', file(1), `f${index}`);
      return test;
    };
    await sent(10).expect(200, { count: 10 });
    await sent(11).expect(400);
  });

  it('of a field that nobody asked for is 400', async () => {
    await serve([Uploads]).request.post('/one').attach('other', file(1), 'a').expect(400);
  });

  it('may have several fields', async () => {
    const { request } = serve([Uploads]);
    await request
      .post('/both')
      .attach('one', file(1), 'a')
      .attach('two', file(1), 'b')
      .attach('more', file(1), 'c')
      .attach('more', file(1), 'd')
      .expect(200, { one: 'a', two: 'b', more: ['c', 'd'] });
    await request.post('/both').attach('two', file(1), 'b').expect(200, { two: 'b' });
  });

  it('that the app has taken is not taken again', async () => {
    const { request } = serve([Uploads], { before: [multer().any()] });
    await request
      .post('/both')
      .attach('one', file(1), 'a')
      .attach('more', file(1), 'c')
      .expect(200, { one: 'a', more: ['c'] });
  });
});
