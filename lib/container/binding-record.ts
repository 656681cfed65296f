import {
  LazyServiceIdentifier,
  type BindingIdentifier,
  type BindToFluentSyntax,
  type Container,
  type GetOptions,
  type ResolutionContext,
} from 'inversify';
import { undeclaredImport } from '../errors/container-errors.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { readInjections, unwrap, type Injection } from './injections.ts';

type Key = string | number | symbol;
type Scope = 'Singleton' | 'Transient' | 'Request';

/** One call of inversify's fluent syntax: `['inSingletonScope', []]`. */
type Call = readonly [method: string, args: readonly unknown[]];

/** Whose binding it is. */
export interface BindingOwner {
  readonly name: string;
  /** Whether a factory of this owner may ask for `token`. */
  knows(token: Token): boolean;
}

/** What is known of one binding before anything is constructed. */
export class BindingRecord {
  /** What a class, or a factory that can be read, asks for. */
  injections: readonly Injection[] = [];
  /** The class that is constructed, for a binding to a class. */
  type: Class | undefined;
  scope: Scope = 'Singleton';
  /** False for a value that somebody else made, or an alias: it is neither started nor disposed of here. */
  constructs = true;
  name: Key | undefined;
  tag: { readonly key: Key; readonly value: unknown } | undefined;
  /** False where a `when…` constraint lets only particular classes ask for it. */
  reachable = true;
  identifier: BindingIdentifier | undefined;
  readonly #calls: Call[] = [];

  constructor(
    readonly token: Token,
    private readonly owner: BindingOwner,
  ) {}

  /** Notes one call of the fluent syntax; returns the arguments to pass on. */
  note(method: string, args: readonly unknown[]): readonly unknown[] {
    const passed = contextual.has(method) ? [guarded(args[0] as Builder, this.owner)] : args;
    this.#calls.push([method, passed]);
    notes[method]?.(this, args, this.owner.name);
    if (unreachable.test(method)) this.reachable = false;
    return passed;
  }

  /** Makes the same binding elsewhere, as a singleton there: what a request's container needs. */
  bindAgain(container: Container): BindingIdentifier | undefined {
    const root: unknown = container.bind(this.token);
    const calls = this.#calls.filter(([method]) => !method.endsWith('Scope'));
    if (this.#isScoped()) calls.splice(1, 0, ['inSingletonScope', []]);
    const last = calls.reduce<unknown>((syntax, call) => invoke(syntax, call), root);
    return identifierOf(last);
  }

  #isScoped(): boolean {
    return this.#calls.some(([method]) =>
      ['to', 'toSelf', 'toDynamicValue', 'toResolvedValue'].includes(method),
    );
  }
}

/**
 * Wraps inversify's fluent syntax so that `record` learns all that is said of the binding.
 * The binding itself is made at once, as without us: `isBound` and `rebind` in a module see it.
 */
export function recorded(
  syntax: BindToFluentSyntax<unknown>,
  record: BindingRecord,
): BindToFluentSyntax<unknown> {
  return wrap(syntax, record);
}

function wrap<S extends object>(syntax: S, record: BindingRecord): S {
  return new Proxy(syntax, {
    get: (target, method) => {
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== 'function' || typeof method === 'symbol') return member;
      if (method === 'getIdentifier') return member.bind(target);
      return (...args: unknown[]) => {
        const next = invoke(target, [method, record.note(method, args)]);
        record.identifier ??= identifierOf(next);
        return typeof next === 'object' && next !== null ? wrap(next, record) : next;
      };
    },
  });
}

function invoke(syntax: unknown, [method, args]: Call): unknown {
  return (syntax as Record<string, (...args: readonly unknown[]) => unknown>)[method]?.(...args);
}

function identifierOf(syntax: unknown): BindingIdentifier | undefined {
  const getIdentifier = (syntax as { getIdentifier?: () => BindingIdentifier } | undefined)?.getIdentifier;
  return getIdentifier?.call(syntax);
}

type Builder = (context: ResolutionContext) => unknown;

const contextual: ReadonlySet<string> = new Set(['toDynamicValue', 'toFactory']);

/** What a factory asks for can't be read: it must have been declared, else the error says so. */
function guarded(builder: Builder, owner: BindingOwner): Builder {
  return (context) =>
    builder(
      new Proxy(context, {
        get: (target, method) => {
          const member: unknown = Reflect.get(target, method);
          if (typeof member !== 'function') return member;
          return (token: Token, options?: GetOptions) => {
            if (options?.optional !== true && !owner.knows(token)) throw undeclaredImport(owner.name, token);
            return member.call(target, token, options) as unknown;
          };
        },
      }),
    );
}

const unreachable = /^when(?!Named|Tagged|Default)/;

type Note = (record: BindingRecord, args: readonly unknown[], plugin: string) => void;

const notes: Readonly<Record<string, Note>> = {
  to: (record, [type], plugin) => {
    noteClass(record, type as Class, plugin);
  },
  toSelf: (record, _args, plugin) => {
    noteClass(record, record.token as Class, plugin);
  },
  toConstantValue: (record) => {
    record.constructs = false;
  },
  toFactory: (record) => {
    record.constructs = false;
  },
  toService: (record, [target]) => {
    record.constructs = false;
    record.scope = 'Transient';
    record.injections = [plainInjection(target)];
  },
  toResolvedValue: (record, [, options]) => {
    record.injections = Array.isArray(options) ? options.map(toInjection) : [];
  },
  inSingletonScope: (record) => {
    record.scope = 'Singleton';
  },
  inTransientScope: (record) => {
    record.scope = 'Transient';
  },
  inRequestScope: (record) => {
    record.scope = 'Request';
  },
  whenNamed: (record, [name]) => {
    record.name = name as Key;
  },
  whenTagged: (record, [key, value]) => {
    record.tag = { key: key as Key, value };
  },
};

function noteClass(record: BindingRecord, type: Class, plugin: string): void {
  const { injections, scope } = readInjections(type, plugin);
  record.type = type;
  record.injections = injections;
  record.scope = scope ?? 'Singleton';
}

interface ResolvedValueOption {
  readonly serviceIdentifier: unknown;
  readonly name?: Key;
  readonly tags?: readonly { readonly key: Key; readonly value: unknown }[];
  readonly optional?: boolean;
  readonly isMultiple?: boolean;
}

function toInjection(option: unknown): Injection {
  const isOption = typeof option === 'object' && option !== null && !LazyServiceIdentifier.is(option);
  if (!isOption) return plainInjection(option);
  const {
    serviceIdentifier,
    name,
    tags = [],
    optional = false,
    isMultiple = false,
  } = option as ResolvedValueOption;
  return {
    ...plainInjection(serviceIdentifier),
    name,
    tags: new Map(tags.map(({ key, value }) => [key, value])),
    optional,
    multiple: isMultiple,
  };
}

function plainInjection(value: unknown): Injection {
  return { token: unwrap(value), name: undefined, tags: new Map(), optional: false, multiple: false };
}
