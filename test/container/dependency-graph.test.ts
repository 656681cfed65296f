import { deepEqual, equal, match } from 'node:assert/strict';
import { ContainerModule, inject, named, optional } from 'inversify';
import { buildGraph, decoratorsFor, type GraphNode } from '#lib/container/dependency-graph.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { failureOf } from '../support/containers.ts';
import { graphOf, sketch } from '../support/sketches.ts';

class Clock {}
class Mailer {}
class Ledger {}

describe('the start order', () => {
  it('has dependencies first, and the given order where there is a choice', async () => {
    const bench = await graphOf([
      sketch('c', { imports: [Mailer] }),
      sketch('x', {}),
      sketch('b', { imports: [Clock], exports: [Mailer] }),
      sketch('a', { exports: [Clock] }),
    ]);
    deepEqual(bench.graph.order, ['a', 'b', 'c', 'x']);
    deepEqual(bench.graph.dependencies.get('c'), [{ on: 'b', via: 'Mailer', optional: false }]);
    equal(bench.graph.failures.size, 0);
  });

  it('follows `requires`, as far as there are such plugins', async () => {
    const bench = await graphOf([sketch('b', { requires: { a: '^1', gone: '^2' } }), sketch('a', {})]);
    deepEqual(bench.graph.order, ['a', 'b']);
    deepEqual([...bench.graph.failures], []);
  });

  it('knows an optional dependency from one that is needed', async () => {
    @Plugin({ name: 'user' })
    class User {
      constructor(
        @inject(Clock) @optional() readonly clock: Clock | undefined,
        @inject(Mailer) @optional() readonly mailer: Mailer | undefined,
        @inject(Ledger) readonly ledger: Ledger,
      ) {}
    }
    const bench = await graphOf([
      User,
      sketch('a', { exports: [Clock] }),
      sketch('b', { exports: [Mailer, Ledger] }),
    ]);
    deepEqual(bench.graph.order, ['a', 'b', 'user']);
    deepEqual(bench.graph.dependencies.get('user'), [
      { on: 'a', via: 'Clock', optional: true },
      { on: 'b', via: 'Mailer', optional: false },
    ]);
  });

  it('needs what is optional in one class and not in another', async () => {
    class Other {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    @Plugin({ name: 'user', services: [Other] })
    class User {
      constructor(@inject(Clock) @optional() readonly clock: Clock | undefined) {}
    }
    equal(failureOf(await graphOf([User]), 'user').code, 'MISSING_IMPORT');
    @Plugin({ name: 'reverse', services: [User] })
    class Reverse {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    equal(failureOf(await graphOf([Reverse]), 'reverse').code, 'MISSING_IMPORT');
  });

  it('does not take what a plugin binds itself for an import', async () => {
    @Plugin({ name: 'self', services: [Clock], exports: [Clock] })
    class Self {
      constructor(readonly clock: Clock) {}
    }
    const bench = await graphOf([Self]);
    deepEqual(bench.container('self').needs, []);
    deepEqual(bench.graph.dependencies.get('self'), []);
  });

  it('does not make a plugin wait for itself where it exports a token that it binds by another name', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Clock).toSelf().whenNamed('utc');
    });
    @Plugin({ name: 'self', services: [module], exports: [Clock] })
    class Self {
      constructor(@inject(Clock) @named('local') readonly clock: Clock) {}
    }
    equal(failureOf(await graphOf([Self]), 'self').code, 'MISSING_IMPORT');
  });
});

describe('the plugins that decorate a service', () => {
  const need = { token: Clock, name: undefined, tags: new Map(), optional: false, multiple: false, path: [] };
  const node = (name: string, more: Partial<GraphNode> = {}): GraphNode => ({
    name,
    exports: [],
    bound: [],
    needs: [],
    requires: [],
    ...more,
  });
  const wraps = (name: string, rank?: number): GraphNode => node(name, { decorates: [Clock, Clock], rank });
  const owner = node('owner', { exports: [Clock], bound: [Clock] });
  const graphWith = (...nodes: readonly GraphNode[]) =>
    buildGraph([...nodes, owner], { tokens: [], offers: () => false });

  it('are listed once each, the lowest rank innermost, otherwise in the given order', () => {
    const { decorators } = graphWith(wraps('a'), wraps('b', 1), wraps('c', -1), wraps('d'), node('e'));
    deepEqual([...decorators], [[Clock, ['c', 'a', 'd', 'b']]]);
  });

  it('start before who asks for it, which goes on without them', () => {
    const { order, dependencies } = graphWith(node('user', { needs: [need] }), wraps('a'));
    deepEqual(order, ['a', 'owner', 'user']);
    deepEqual(dependencies.get('user'), [
      { on: 'a', via: 'Clock', optional: true },
      { on: 'owner', via: 'Clock', optional: false },
    ]);
  });

  it('give one of them what those further in have made of it, and everyone else all', () => {
    const graph = graphWith(wraps('a'), wraps('b'), wraps('c'));
    deepEqual(decoratorsFor('a', Clock, graph), []);
    deepEqual(decoratorsFor('b', Clock, graph), ['a']);
    deepEqual(decoratorsFor('user', Clock, graph), ['a', 'b', 'c']);
    deepEqual(decoratorsFor('user', Mailer, graph), []);
  });

  it('are not blamed for a missing import where a plugin could not be loaded: that one is named', () => {
    const asking = node('user', { needs: [{ ...need, token: Mailer, path: ['user', 'Mailer'] }] });
    const { failures } = graphWith(asking, node('broken', { isUnreadable: true }));
    match(failures.get('user')?.fix ?? '', /could not be loaded exports it: broken\.$/);
  });
});

describe('a cycle of plugins', () => {
  it('of two fails both, each with the whole path and the fix', async () => {
    const bench = await graphOf([
      sketch('a', { imports: [Mailer], exports: [Clock] }),
      sketch('b', { imports: [Clock], exports: [Mailer] }),
      sketch('bystander', { imports: [Clock] }),
    ]);
    const a = failureOf(bench, 'a');
    equal(a.code, 'DEPENDENCY_CYCLE');
    deepEqual(a.path, ['a', 'Mailer', 'b', 'Clock', 'a']);
    match(a.message, /a → Mailer → b → Clock → a/);
    match(a.fix, /Move Mailer into a plugin of its own/);
    deepEqual(failureOf(bench, 'b').path, ['b', 'Clock', 'a', 'Mailer', 'b']);
    deepEqual([...bench.graph.failures.keys()].sort(), ['a', 'b']);
  });

  it('of three names all three, also through `requires`', async () => {
    const bench = await graphOf([
      sketch('a', { imports: [Mailer] }),
      sketch('b', { exports: [Mailer], requires: { c: '^1' } }),
      sketch('c', { requires: { a: '^1' } }),
    ]);
    deepEqual(failureOf(bench, 'c').path, ['c', 'requires', 'a', 'Mailer', 'b', 'requires', 'c']);
    equal(bench.graph.failures.size, 3);
  });

  it('of `requires` alone says to take one out', async () => {
    const bench = await graphOf([
      sketch('a', { requires: { b: '^1' } }),
      sketch('b', { requires: { a: '^1' } }),
    ]);
    match(failureOf(bench, 'a').fix, /Take one of them out of the other's "requires"/);
  });
});
