import { deepEqual, equal, match } from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { inject, injectable, injectFromBase, postConstruct, preDestroy } from 'inversify';
import { readInjections } from '#lib/container/injections.js';
import { PluginError } from '#lib/errors/plugin-error.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, tokenName, type Class } from '#lib/plugin/tokens.js';
import { startAll } from '../support/containers.ts';

class Clock {
  readonly now = 'noon';
}
abstract class Mailer {
  abstract send(): void;
}
class Summer {}
interface Settings {
  readonly depth: number;
}
const Zone = token<string>('zone');

function tokensOf(type: Class): readonly string[] {
  return readInjections(type, 'p').injections.map(({ token: wanted }) => tokenName(wanted));
}

function faultOf(type: Class): PluginError {
  try {
    readInjections(type, 'p');
  } catch (error) {
    if (error instanceof PluginError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('what a subclass inherits', () => {
  @injectable()
  class Base {
    @inject(Zone) readonly zone!: unknown;
    readonly calls: string[] = [];
    constructor(readonly clock: Clock) {}
    @postConstruct() begin(): void {
      this.calls.push('begin');
    }
    @preDestroy() end(): void {
      this.calls.push('end');
    }
  }

  it('is the constructor, the properties and the lifecycle of its base, without @injectFromBase', async () => {
    @Plugin({ name: 'p', services: [Clock] })
    class P extends Base {}
    const bench = await startAll({ host: [[Zone, Summer]], plugins: [P] });
    const plugin = bench.get('p', P);
    equal(plugin.clock.now, 'noon');
    equal(plugin.zone instanceof Summer, true);
    deepEqual(plugin.calls, ['begin']);
    await bench.stop();
    deepEqual(plugin.calls, ['begin', 'end']);
  });

  it('is the same over several generations of classes and with initializers of its own', () => {
    class Middle extends Base {
      readonly middle = 1;
    }
    class Leaf extends Middle {
      readonly leaf = 2;
    }
    deepEqual(tokensOf(Leaf), ['Clock', 'zone']);
  });

  it('is only the properties where it has a constructor of its own', () => {
    @injectable()
    class WithParameters extends Base {
      constructor(readonly mailer: Mailer) {
        super(new Clock());
      }
    }
    class WithoutParameters extends Base {
      constructor() {
        super(new Clock());
      }
    }
    deepEqual(tokensOf(WithParameters), ['Mailer', 'zone']);
    deepEqual(tokensOf(WithoutParameters), ['zone']);
  });

  it('is not mistaken for a constructor of its own by what its comments and strings say', () => {
    class Talkative extends Base {
      // constructor (see above)
      readonly text = 'a constructor () { } is not here';
      /* constructor() {} */
      rebuild(): unknown {
        return this.constructor();
      }
    }
    deepEqual(tokensOf(Talkative), ['Clock', 'zone']);
  });

  it('needs no description of a base constructor that it calls itself', () => {
    @injectable()
    abstract class Named {
      @inject(Zone) readonly zone!: string;
      constructor(readonly label: string) {}
    }
    @injectable()
    class Sub extends Named {
      constructor(readonly clock: Clock) {
        super('sub');
      }
    }
    deepEqual(tokensOf(Sub), ['Clock', 'zone']);
  });

  it('is left alone where @injectFromBase is there already', () => {
    @injectFromBase()
    class Sub extends Base {}
    deepEqual(tokensOf(Sub), ['Clock', 'zone']);
  });

  it('is the properties of a base that injects nothing else', () => {
    class Properties {
      @inject(Clock) readonly clock!: Clock;
    }
    class Sub extends Properties {}
    deepEqual(tokensOf(Sub), ['Clock']);
  });

  it('is refused where nothing describes the constructor that it inherits', () => {
    class Undecorated {
      constructor(readonly clock: Clock) {}
    }
    class Between extends Undecorated {}
    class Sub extends Between {}
    const { code, path, message, fix } = faultOf(Sub);
    equal(code, 'INHERITED_CONSTRUCTOR');
    deepEqual(path, ['p', 'Sub', 'Undecorated']);
    match(message, /Sub inherits the constructor of Undecorated, which asks for 1 argument/);
    match(fix, /@injectable\(\) on Undecorated/);
  });

  it('names the decorated base whose constructor is not described', () => {
    @injectable()
    class Decorated {
      constructor(readonly settings: Settings) {}
    }
    class Sub extends Decorated {}
    match(faultOf(Sub).message, /Decorated does not say what to inject as parameter 1 \(settings\)/);
  });

  it('is nothing from classes of Node itself', () => {
    class Feed extends EventEmitter {}
    class Fault extends Error {}
    deepEqual(tokensOf(Feed), []);
    deepEqual(tokensOf(Fault), []);
  });
});
