import { OpenApiPlugin } from 'plugboard/plugins/openapi';
import { conformance } from 'plugboard/plugins/openapi/testing';
import { testPlugin } from 'plugboard/testing';
import { TeasPlugin } from './teas.ts';

// #region conforms
describe('the teas', () => {
  it('answer as their document says', async () => {
    await using bed = await testPlugin(TeasPlugin, { plugins: [OpenApiPlugin] }).start();
    const api = conformance(bed.host);

    api.check(await bed.request.post('/teas').send({ name: 'Assam' }).expect(201));
    api.check(await bed.request.get('/teas/1').expect(200));
    api.check(await bed.request.get('/teas/2').expect(404));
    api.check(await bed.request.get('/teas?limit=1000').expect(400));
  });
});
// #endregion conforms
