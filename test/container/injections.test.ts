import { deepEqual, equal, match } from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import {
  inject,
  injectable,
  injectFromBase,
  LazyServiceIdentifier,
  multiInject,
  named,
  optional,
  postConstruct,
  preDestroy,
  tagged,
  unmanaged,
} from 'inversify';
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
class Summer {
  toString(): string {
    return 'summer';
  }
}
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

describe('what a class injects', () => {
  it('is read from bare class-typed parameters, without @injectable', () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(
        readonly clock: Clock,
        readonly mailer: Mailer,
      ) {}
    }
    deepEqual(tokensOf(P), ['Clock', 'Mailer']);
  });

  it('is read where @injectable is there already, with its scope', () => {
    @injectable('Request')
    class Basket {
      constructor(readonly clock: Clock) {}
    }
    deepEqual(tokensOf(Basket), ['Clock']);
    equal(readInjections(Basket, 'p').scope, 'Request');
  });

  it('may be read twice', () => {
    class Base {
      @inject(Clock) readonly clock!: Clock;
    }
    class Twice extends Base {}
    tokensOf(Twice);
    deepEqual(tokensOf(Twice), ['Clock']);
  });

  it('is read with names, tags, optional, many and lazy ones, from parameters and properties', () => {
    class Everything {
      @inject(Zone) @tagged('season', 'summer') readonly zone!: string;
      constructor(
        @inject(Clock) @named('utc') readonly utc: Clock,
        @inject(Mailer) @optional() readonly mailer: Mailer | undefined,
        @multiInject(Zone) readonly zones: readonly string[],
        @inject(new LazyServiceIdentifier(() => Clock)) readonly lazy: Clock,
        @unmanaged() readonly depth = 3,
      ) {}
    }
    const plain = { name: undefined, tags: new Map(), optional: false, multiple: false };
    deepEqual(readInjections(Everything, 'p').injections, [
      { ...plain, token: Clock, name: 'utc' },
      { ...plain, token: Mailer, optional: true },
      { ...plain, token: Zone, multiple: true },
      { ...plain, token: Clock },
      { ...plain, token: Zone, tags: new Map([['season', 'summer']]) },
    ]);
  });

  it('names the parameter whose type is an interface, and only that one', () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(
        readonly clock: Clock,
        readonly settings: Settings,
      ) {}
    }
    const { code, phase, plugin, path, message, fix } = faultOf(P);
    deepEqual(
      { code, phase, plugin, path },
      { code: 'METADATA_MISSING', phase: 'plan', plugin: 'p', path: ['p', 'P'] },
    );
    match(message, /P does not say what to inject as parameter 2 \(settings\):.*interface/);
    match(fix, /@inject\(TheToken\)/);
  });

  it('names the parameter whose type is a primitive, behind others with @optional alone', () => {
    @injectable()
    class Broken {
      constructor(
        readonly label: string,
        @optional() readonly depth: number | undefined,
        @inject(Clock) readonly clock: Clock,
      ) {}
    }
    match(faultOf(Broken).message, /parameter 1 \(label\), parameter 2 \(depth\):/);
  });

  it('names the property that carries @optional and no token', () => {
    class Broken {
      @optional() readonly clock: Clock | undefined;
    }
    match(faultOf(Broken).message, /property clock/);
  });

  it('names the parameter whose token is undefined, as it is in a circular import', () => {
    const Later = undefined as unknown as Class<Clock>;
    class Early {
      constructor(@inject(Later) readonly clock: Clock) {}
    }
    match(faultOf(Early).message, /parameter 1 \(clock\).*circular import/);
  });

  it('takes the type of a parameter or property that carries @optional or @named alone', () => {
    @injectable()
    class Named {
      @named('local') readonly mailer!: Mailer;
      constructor(@optional() readonly clock: Clock) {}
    }
    deepEqual(tokensOf(Named), ['Clock', 'Mailer']);
    equal(readInjections(Named, 'p').injections[0]?.optional, true);
  });

  it('says what to compile with where a class carries no types', () => {
    class Typeless {
      constructor(readonly clock: Clock) {}
    }
    const { code, message, fix } = faultOf(Typeless);
    equal(code, 'METADATA_MISSING');
    match(message, /Typeless carries no types \(parameter 1 \(clock\)\)/);
    match(fix, /@injectable\(\) on Typeless.*emitDecoratorMetadata.*plugboard\/register/);
  });
});

describe('what a subclass inherits', () => {
  @injectable()
  class Base {
    @inject(Zone) readonly zone!: string;
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
    equal(String(plugin.zone), 'summer');
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
