import { deepEqual, equal, notEqual, throws } from 'node:assert/strict';
import { ContainerModule, inject, injectable, named } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { Bench, startAll } from '../support/containers.ts';

class Clock {}
const User = token<string>('user');

@injectable('Request')
class Basket {
  readonly items: string[] = [];
}

const requestModule = new ContainerModule(({ bind }) => {
  let made = 0;
  bind(User)
    .toDynamicValue(() => `user ${++made}`)
    .inRequestScope();
});

describe('a request-scoped service', () => {
  it('is made once for each request and shared by all that serves it', async () => {
    @injectable('Request')
    class First {
      constructor(
        readonly basket: Basket,
        readonly clock: Clock,
      ) {}
    }
    @injectable('Request')
    class Second {
      constructor(readonly basket: Basket) {}
    }
    @Plugin({ name: 'p', controllers: [First, Second], services: [Basket, Clock] })
    class P {
      constructor(readonly clock: Clock) {}
    }
    const bench = await startAll({ plugins: [P] });
    const container = bench.container('p');
    const [a, b] = [container.openRequestScope({}), container.openRequestScope({})];
    const first = await a.get(First);
    equal((await a.get(Second)).basket, first.basket);
    equal(await a.get(First), first);
    equal(first.clock, bench.get('p', P).clock);
    notEqual((await b.get(First)).basket, first.basket);
    equal(container.singleton(First), undefined);
    equal(container.singleton(P), bench.get('p', P));
  });

  it('is the same however often the scope of one request is opened', async () => {
    @Plugin({ name: 'p', services: [Basket] })
    class P {}
    const container = (await startAll({ plugins: [P] })).container('p');
    const request = {};
    const basket = await container.openRequestScope(request).get(Basket);
    equal(await container.openRequestScope(request).get(Basket), basket);
  });

  it('may be a dynamic value of a module', async () => {
    @injectable('Request')
    class Page {
      constructor(@inject(User) readonly user: string) {}
    }
    @Plugin({ name: 'p', controllers: [Page], services: [requestModule] })
    class P {}
    const container = (await startAll({ plugins: [P] })).container('p');
    const [a, b] = [container.openRequestScope({}), container.openRequestScope({})];
    const { user } = await a.get(Page);
    equal((await a.get(Page)).user, user);
    notEqual((await b.get(Page)).user, user);
  });

  it('cannot be had outside of a request', async () => {
    @Plugin({ name: 'p', services: [Basket] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    throws(() => bench.get('p', Basket));
  });

  it('is never captured by a singleton: every singleton is made at start, outside of requests', async () => {
    class Counter {
      static made = 0;
      constructor() {
        Counter.made++;
      }
    }
    @injectable('Request')
    class Page {
      constructor(@inject(Counter) readonly counter: Counter) {}
    }
    @Plugin({ name: 'p', controllers: [Page], services: [Counter] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    equal(Counter.made, 1);
    const page = await bench.container('p').openRequestScope({}).get(Page);
    equal(page.counter, bench.get('p', Counter));
    equal(Counter.made, 1);
  });

  it('may be made by transients, anew in each place and with what belongs to the request', async () => {
    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    @injectable('Request')
    class Page {
      constructor(
        readonly a: Line,
        readonly b: Line,
      ) {}
    }
    @Plugin({ name: 'p', services: [Basket, Line, Page] })
    class P {}
    const scope = (await startAll({ plugins: [P] })).container('p').openRequestScope({});
    const { a, b } = await scope.get(Page);
    notEqual(a, b);
    equal(a.basket, b.basket);
  });

  it('may stand beside a singleton of the same token and another name', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(User)
        .toDynamicValue(() => 'this one')
        .inRequestScope()
        .whenDefault();
      bind(User).toConstantValue('root').whenNamed('root');
    });
    @injectable('Request')
    class Page {
      constructor(
        @inject(User) readonly user: string,
        @inject(User) @named('root') readonly root: string,
      ) {}
    }
    @Plugin({ name: 'p', controllers: [Page], services: [module] })
    class P {
      constructor(@inject(User) @named('root') readonly root: string) {}
    }
    const scope = (await startAll({ plugins: [P] })).container('p').openRequestScope({});
    deepEqual(Object.assign({}, await scope.get(Page)), { user: 'this one', root: 'root' });
  });
});

describe('a substitute for a request-scoped service', () => {
  it('takes its place in and outside of requests', async () => {
    @Plugin({ name: 'p', services: [Basket] })
    class P {}
    const bench = await new Bench({ plugins: [P] }).planGraph();
    const mock = { items: ['mocked'] };
    const container = bench.container('p');
    container.replaceWith(Basket, mock);
    container.check(() => false);
    await bench.startPlugin('p');
    equal(bench.get('p', Basket), mock);
    equal(await container.openRequestScope({}).get(Basket), mock);
  });
});
