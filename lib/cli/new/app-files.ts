import { json } from './json-text.ts';
import { packageRanges } from './package-ranges.ts';
import { pluginFiles, type Files } from './plugin-files.ts';

/** An app that serves the folder `plugins`, with a first plugin in it. `plugboard`: a range, or this version. */
export function appFiles(name: string, plugboard?: string): Files {
  const plugin = Object.entries(pluginFiles('hello')).map(([path, text]) => [`plugins/hello/${path}`, text]);
  return {
    'package.json': json({
      name,
      version: '0.1.0',
      private: true,
      type: 'module',
      scripts: scripts(''),
      ...packageRanges(plugboard),
    }),
    ...surroundings('plugins/**/*.test.ts'),
    'README.md': appReadme(name),
    ...Object.fromEntries(plugin),
  };
}

/** A plugin that is a package of its own: to be deployed alone, or published. */
export function standaloneFiles(name: string, plugboard?: string): Files {
  const files = pluginFiles(name);
  return {
    'package.json': json({
      name,
      version: '0.1.0',
      type: 'module',
      main: 'index.ts',
      scripts: scripts(' .'),
      ...packageRanges(plugboard),
    }),
    ...surroundings('*.test.ts'),
    ...files,
    'README.md': `${files['README.md'] ?? ''}\n${commands}`,
  };
}

function scripts(where: string): Readonly<Record<string, string>> {
  return {
    dev: `plugboard dev${where}`,
    start: `plugboard start${where}`,
    build: `plugboard build${where}`,
    test: 'mocha',
    lint: 'oxlint --deny-warnings',
    types: 'tsc',
  };
}

/** What TypeScript, mocha and git are told. */
function surroundings(tests: string): Files {
  return {
    'tsconfig.json': json({
      compilerOptions: {
        target: 'es2023',
        lib: ['es2023', 'esnext.disposable'],
        module: 'nodenext',
        types: ['node', 'mocha'],
        strict: true,
        noEmit: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        allowImportingTsExtensions: true,
        skipLibCheck: true,
      },
    }),
    '.mocharc.json': json({ 'node-option': ['import=plugboard/register'], spec: [tests] }),
    '.gitignore': 'node_modules\n.plugboard\n',
  };
}

const commands = `\`\`\`sh
npm run dev     # serve it, and follow its files
npm test        # its test
npm run lint    # and npm run types: what is likely wrong
npm run build   # bundle it ahead, for a start without a compiler
npm start       # serve it
\`\`\`
`;

function appReadme(name: string): string {
  return `# ${name}

An app of plugins. Each folder in \`plugins\` is one; \`npx plugboard new plugin <name>\` makes another.

${commands}`;
}
