import { deepEqual, equal, ok } from 'node:assert/strict';
import { addScope, forgetScopesOf, scopeOfFile } from '#lib/supervision/escapes/known-scopes.js';
import type { PluginCode } from '#lib/supervision/escapes/plugin-code.js';
import { PluginScope, type ScopeOwner } from '#lib/supervision/escapes/plugin-scope.js';

const createOwner = (): ScopeOwner => ({ onEscape: () => undefined, followsContext: true, list: addScope });
const owners = { one: createOwner(), other: createOwner() };

function known(plugin: string, generation: number, code: PluginCode, owner = owners.one): PluginScope {
  const scope = new PluginScope(plugin, generation, owner, code);
  addScope(scope);
  return scope;
}

const ended = (...args: Parameters<typeof known>): PluginScope => {
  const scope = known(...args);
  scope.end();
  return scope;
};

const ofFile = (file: string, here?: PluginScope): string | undefined => {
  const scope = scopeOfFile(file, here);
  return scope && `${scope.plugin}@${scope.generation}`;
};

describe('whose a file is', () => {
  afterEach(() => Object.values(owners).forEach(forgetScopesOf));

  it('is told by the plugin’s folder, by the one file that it is, and by the name of what was evaluated', () => {
    known('folder', 1, { root: '/plugins/folder' });
    known('file', 1, { root: '/plugins/file.js' });
    known('evaluated', 1, { evaluatedAs: 'plugboard:evaluated@1', root: '/plugins/evaluated' });
    equal(ofFile('/plugins/folder/src/deep/index.js'), 'folder@1');
    equal(ofFile('/plugins/file.js'), 'file@1');
    equal(ofFile('plugboard:evaluated@1'), 'evaluated@1');
    equal(ofFile('/plugins/evaluated/index.ts'), 'evaluated@1');
  });

  it('is nobody’s where it is of none: beside a plugin, or with a name that begins with its name', () => {
    known('p', 1, { evaluatedAs: 'plugboard:p@1', root: '/plugins/p' });
    for (const file of ['/plugins/p2/index.js', '/plugins/p.js', '/plugins', 'plugboard:p@11']) {
      equal(ofFile(file), undefined);
    }
  });

  it('is nobody’s in a folder that the plugin shares with the app', () => {
    const shared = known('p', 1, { root: '/app/src', isShared: true });
    equal(ofFile('/app/src/index.js'), undefined);
    equal(ofFile('/app/src/index.js', shared), undefined);
  });

  it('is of the generation in whose context we are, of several with that file, also when it is over', () => {
    const first = ended('p', 1, { root: '/plugins/p' });
    known('p', 2, { root: '/plugins/p' });
    equal(ofFile('/plugins/p/contract.js', first), 'p@1');
  });

  it('is of the newest that runs, else of the newest', () => {
    const generations = [1, 2, 3].map((number) => known('p', number, { root: '/plugins/p' }));
    const told = [3, 2, 1].map((number) => {
      const now = ofFile('/plugins/p/contract.js');
      generations[number - 1]?.end();
      return now;
    });
    deepEqual(told, ['p@3', 'p@2', 'p@1']);
    equal(ofFile('/plugins/p/contract.js'), 'p@3');
  });

  it('is another’s, though we are in the context of one that does not have it', () => {
    const here = known('here', 1, { root: '/plugins/here' });
    known('other', 1, { root: '/plugins/other' });
    equal(ofFile('/plugins/other/index.js', here), 'other@1');
  });

  it('is no longer told of a host that is closed, and of the others it is', () => {
    known('p', 1, { root: '/plugins/p' }, owners.one);
    known('p', 7, { root: '/plugins/p' }, owners.other);
    known('q', 1, { root: '/plugins/q' }, owners.other);
    forgetScopesOf(owners.other);
    equal(ofFile('/plugins/p/index.js'), 'p@1');
    equal(ofFile('/plugins/q/index.js'), undefined);
  });

  it('goes over from the scope in which the code was loaded to its first generation', () => {
    const loading = known('label', 0, { evaluatedAs: 'plugboard:label@0' });
    loading.plugin = 'p';
    loading.forGeneration(1).end();
    loading.forGeneration(2);
    equal(ofFile('plugboard:label@0'), 'p@2');
  });
});

describe('generations that are over', () => {
  afterEach(() => Object.values(owners).forEach(forgetScopesOf));

  it('can be told for the last hundred at least, and are forgotten some time after', () => {
    known('runs', 1, { root: '/plugins/runs' });
    for (let number = 1; number <= 5000; number++) {
      ended('p', number, { evaluatedAs: `plugboard:p@${number}` });
    }
    const told = Array.from({ length: 5000 }, (_, index) => ofFile(`plugboard:p@${index + 1}`));
    deepEqual(
      told.slice(-100),
      Array.from({ length: 100 }, (_, index) => `p@${4901 + index}`),
    );
    ok(told.slice(0, 1000).every((scope) => scope === undefined));
    equal(ofFile('/plugins/runs/index.js'), 'runs@1');
  });

  it('can be told among however many plugins that run', () => {
    ended('p', 1, { evaluatedAs: 'plugboard:p@1' });
    for (let number = 1; number <= 5000; number++) known(`q${number}`, 1, { root: `/plugins/q${number}` });
    equal(ofFile('plugboard:p@1'), 'p@1');
    equal(ofFile('/plugins/q1/index.js'), 'q1@1');
  });
});
