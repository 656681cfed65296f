import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostConfigProblems } from '#lib/hosting/host-config.js';
import { documentedKeys, interfaceKeys } from './documented-options.ts';
import { codeBlocks, withIncludedCode } from './included-code.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...pagesIn('docs')];
const others = [...pagesIn('plugins'), ...pagesIn('examples')];

describe('the documentation', () => {
  for (const page of pages) {
    it(`has in ${page} the code that its files have`, () => {
      const text = read(page);
      const expected = withIncludedCode(text, root);
      if (process.env['UPDATE_DOCS'] && expected !== text) writeFileSync(join(root, page), expected);
      else assert.equal(text, expected, `Run UPDATE_DOCS=1 npx mocha test/docs/docs.test.ts`);
    });
  }

  // docs/errors.md shows fragments beside each error; its own test proves its codes.
  for (const page of pages.filter((name) => name !== join('docs', 'errors.md'))) {
    it(`includes in ${page} all of its code from files that run`, () => {
      const pasted = codeBlocks(read(page)).filter(({ from, language }) => !from && isCode(language));
      assert.deepEqual(pasted, []);
    });
  }

  for (const page of [...pages, ...others]) {
    it(`has in ${page} no link that leads nowhere`, () => {
      assert.deepEqual(brokenLinks(page), []);
    });
  }

  for (const { file, name, page } of optionInterfaces()) {
    it(`lists in ${page} every option of ${name}, and no other`, () => {
      assert.deepEqual([...documentedKeys(read(page), name)].sort(), [...keysOf(file, name)].sort());
    });
  }

  it('lists in docs/configuration.md every key of a configuration file, and no other', () => {
    const documented = documentedKeys(read('docs/configuration.md'), 'HostConfig');
    const [problem] = hostConfigProblems({ unknown: true });
    const [, known = ''] = /there are ([^)]*)\)/.exec(problem?.message ?? '') ?? [];
    assert.deepEqual([...documented].sort(), known.split(', ').sort());
  });

  it('has an index that names every page', () => {
    const index = read('docs/README.md');
    const missing = pagesIn('docs')
      .map((page) => relative('docs', page))
      .filter((page) => page !== 'README.md' && !index.includes(`(${page})`));
    assert.deepEqual(missing, []);
  });
});

function optionInterfaces(): readonly { file: string; name: string; page: string }[] {
  return [
    { file: 'lib/hosting/options.ts', name: 'HostOptions', page: 'docs/embedding.md' },
    {
      file: 'lib/http/controllers-options.ts',
      name: 'ControllersHandlerOptions',
      page: 'docs/routing-controllers.md',
    },
    { file: 'lib/hosting/access-log-options.ts', name: 'AccessLogOptions', page: 'docs/observing.md' },
    { file: 'lib/http/plugin-routes.ts', name: 'Limits', page: 'docs/embedding.md' },
    { file: 'lib/plugin/settings.ts', name: 'PluginSettings', page: 'docs/embedding.md' },
    { file: 'lib/plugin/options.ts', name: 'PluginOptions', page: 'docs/writing-plugins.md' },
    {
      file: 'plugins/openapi/operation-decorator.ts',
      name: 'OperationOptions',
      page: 'docs/api-documentation.md',
    },
    { file: 'lib/plugin/options.ts', name: 'Timeouts', page: 'docs/writing-plugins.md' },
    { file: 'lib/plugin/supervise.ts', name: 'Supervise', page: 'docs/isolation.md' },
    { file: 'lib/plugin/supervise.ts', name: 'Backoff', page: 'docs/isolation.md' },
    { file: 'lib/plugin/supervise.ts', name: 'ErrorLimit', page: 'docs/isolation.md' },
  ];
}

function keysOf(file: string, name: string): readonly string[] {
  const own = interfaceKeys(file, name, root);
  const notInherited = replacedKeys[name];
  if (!notInherited) return own;
  const inherited = interfaceKeys(
    'node_modules/routing-controllers/types/RoutingControllersOptions.d.ts',
    'RoutingControllersOptions',
    root,
  );
  return [...own, ...inherited.filter((key) => !notInherited.includes(key))];
}

/** What of routing-controllers' own options an interface that extends them has not, or has anew. */
const replacedKeys: Readonly<Record<string, readonly string[] | undefined>> = {
  HostOptions: ['controllers', 'middlewares', 'interceptors', 'routePrefix'],
  ControllersHandlerOptions: ['controllers', 'middlewares', 'interceptors'],
};

function isCode(language: string): boolean {
  return !['', 'sh', 'text'].includes(language);
}

function brokenLinks(page: string): readonly string[] {
  const text = withoutCode(read(page));
  const targets = [
    ...[...text.matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, target]) => target ?? ''),
    ...[...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, target]) => target ?? ''),
  ];
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(target, page));
}

function leadsSomewhere(target: string, page: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined || !file.endsWith('.md')) return true;
  return anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```$/gm, '');
}

function pagesIn(folder: string): readonly string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name))
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}
