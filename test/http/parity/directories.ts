import { fileURLToPath } from 'node:url';
import { Get, JsonController } from 'routing-controllers';
import { json, page, refused, row, withHeaders, type Topic } from './row.ts';

const files = (glob: string): string =>
  fileURLToPath(new URL('../../fixtures/parity/classes', import.meta.url)) + glob;

@JsonController('/papers')
class PaperController {
  @Get('/none')
  none() {
    return [];
  }

  @Get('/fails')
  fails(): never {
    throw new Error('no papers');
  }
}

const ofFiles = { 'x-first': 'of files', 'x-second': 'of files' };

export const directoryTopics: readonly Topic[] = [
  {
    spec: 'load-from-directory',
    setups: [
      {
        controllers: [files('/controllers/**/*{.js,.ts}'), files('/more/*{.js,.ts}')],
        cases: {
          'controllers come from files': [
            row('get /letters', json([{ letter: 1 }, { letter: 2 }])),
            row('get /stamps', json([{ stamp: 1 }])),
            row('get /albums', json([{ album: 1 }])),
            row('get /photos', page('Hello photos')),
            row('get /videos', refused(404)),
          ],
        },
      },
      {
        controllers: [PaperController],
        middlewares: [files('/middlewares/**/*{.js,.ts}')],
        options: { defaultErrorHandler: false },
        cases: {
          'middlewares come from files': [row('get /papers/none', withHeaders(json([]), ofFiles))],
          'middlewares for errors come from files': [
            row('get /papers/fails', withHeaders(json({ taken: 'no papers' }, 500), ofFiles)),
          ],
        },
      },
    ],
  },
];
