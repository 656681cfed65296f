// #region host
import { createHost } from 'plugboard';
import { TeasPlugin } from './teas.ts';

export const host = createHost({
  plugins: [TeasPlugin, 'plugboard/plugins/openapi'],
  settings: { openapi: { config: { title: 'The tea shop', version: '2.0.0' } } },
});
// #endregion host
