import { deepEqual, equal, match } from 'node:assert/strict';
import {
  inject,
  injectable,
  LazyServiceIdentifier,
  multiInject,
  named,
  optional,
  tagged,
  unmanaged,
} from 'inversify';
import { readInjections } from '#lib/container/injections.js';
import { PluginError } from '#lib/errors/plugin-error.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, tokenName, type Class } from '#lib/plugin/tokens.js';

class Clock {
  readonly now = 'noon';
}
abstract class Mailer {
  abstract send(): void;
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
