import { setImmediate } from 'node:timers/promises';
import { Authorized, Get, JsonController, NotAcceptableError } from 'routing-controllers';
import { json, refused, row, type Row, type Topic } from './row.ts';

@JsonController('/vault')
class VaultController {
  @Authorized()
  @Get('/door')
  door() {
    return { open: 'door' };
  }

  @Authorized(['keeper'])
  @Get('/safe')
  safe() {
    return { open: 'safe' };
  }

  @Authorized()
  @Get('/slow')
  async slow() {
    await setImmediate();
    return { open: 'slow' };
  }
}

const opens = (when: string): Readonly<Record<string, readonly Row[]>> => ({
  [`${when} opens an action without roles`]: [row('get /vault/door', json({ open: 'door' }))],
  [`${when} opens an action with roles`]: [row('get /vault/safe', json({ open: 'safe' }))],
  [`${when} opens an async action`]: [row('get /vault/slow', json({ open: 'slow' }))],
});

const ownError = refused(406, '"name":"NotAcceptableError","message":"my own"');

export const authorizationTopics: readonly Topic[] = [
  {
    spec: 'auth-decorator',
    setups: [
      {
        controllers: [VaultController],
        options: {
          authorizationChecker: async () => {
            await setImmediate();
            return true;
          },
        },
        cases: opens('an async yes'),
      },
      {
        controllers: [VaultController],
        options: { authorizationChecker: () => true },
        cases: opens('a yes'),
      },
      {
        controllers: [VaultController],
        options: { authorizationChecker: () => false },
        cases: {
          'a no without roles means that nobody is known': [
            row('get /vault/door', refused(401, 'AuthorizationRequiredError')),
          ],
          'a no with roles means that somebody may not': [
            row('get /vault/safe', refused(403, 'AccessDeniedError')),
          ],
        },
      },
      {
        controllers: [VaultController],
        options: {
          authorizationChecker: async () => {
            await setImmediate();
            throw new NotAcceptableError('my own');
          },
        },
        cases: { 'an async error is the answer': [row('get /vault/door', ownError)] },
      },
      {
        controllers: [VaultController],
        options: {
          authorizationChecker: () => {
            throw new NotAcceptableError('my own');
          },
        },
        cases: { 'an error is the answer': [row('get /vault/door', ownError)] },
      },
    ],
  },
];
