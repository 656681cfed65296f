import { equal } from 'node:assert/strict';
import { lineOfKey } from '#lib/configuration/key-lines.js';

const source = String.raw`import { defineConfig } from 'plugboard';

// settings: { mail: { config: { port: 0 } } }
const port: number = Number(process.env['PORT'] ?? 25);

export default defineConfig({
  prefix: "/v1 {" + port,
  settings: {
    /* mail: */ other: { config: { port } },
    'mail-out': {
      enabled: port > 1 ? true : false,
      config: {
        from: "it's { me }", port: port,
        servers: [{ host: 'a' }, { host: 'b' }],
        ...more,
        pattern: /[{"']/g,
        secure,
      },
    },
  },
});
`;

describe('the line of a key in a source file', () => {
  for (const [path, line, why] of [
    ['prefix', 7, 'at the top'],
    ['settings', 8, 'whatever comments say'],
    ['settings.mail-out', 10, 'in quotes'],
    ['settings.mail-out.config', 12, 'after a condition'],
    ['settings.mail-out.config.port', 13, 'beside another on its line'],
    ['settings.other.config.port', 9, 'in short'],
    ['settings.mail-out.config.secure', 17, 'in short, on a line of its own, after a pattern with brackets'],
    ['settings.mail-out.config.servers.1.host', 14, 'in a list is that of the list'],
    ['settings.mail-out.config.spread', 12, 'that is not written out is that of what is around it'],
    ['limits.files', undefined, 'of which nothing is written out is not known'],
  ] as const) {
    it(`${why}: ${path}`, () => {
      equal(lineOfKey(source, path.split('.')), line);
    });
  }
});
