import {
  LazyServiceIdentifier,
  type BindingIdentifier,
  type BindToFluentSyntax,
  type Container,
} from 'inversify';
import { requestScopeFault, undeclaredImport } from '../errors/container-errors.ts';
import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import type { Qualifiers } from './constraints.ts';
import { guarded, type Builder } from './factory-guard.ts';
import { activation, constructing, identifierOf, invoke, withNote, type Call } from './fluent-syntax.ts';
import { readInjections, unwrap, type Injection } from './injections.ts';

type Key = string | number | symbol;
type Scope = 'Singleton' | 'Transient' | 'Request';

/** Whose binding it is. */
export interface BindingOwner {
  readonly name: string;
  /** Whether a factory of this owner may ask for `token`. */
  knows(token: Token): boolean;
  /** Whether `token` comes anew with each HTTP request. */
  isRequestScoped(token: Token): boolean;
  /** Told of each singleton when it is complete. */
  noteCreation: CreationListener;
}

export type CreationListener = (record: BindingRecord, instance: unknown) => void;

/** What is known of one binding before anything is constructed. */
export class BindingRecord {
  /** What a class, or a factory that can be read, asks for. */
  injections: readonly Injection[] = [];
  /** The class that is constructed, for a binding to a class. */
  type: Class | undefined;
  scope: Scope = 'Singleton';
  name: Key | undefined;
  tag: { readonly key: Key; readonly value: unknown } | undefined;
  /** True after `whenDefault()`: not for those who ask by name or tag. */
  onlyDefault = false;
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
    const passed = contextual.has(method) ? [guarded(args[0] as Builder, this.#check)] : args;
    this.#calls.push([method, passed]);
    notes[method]?.(this, args, this.owner.name);
    if (unreachable.test(method)) this.reachable = false;
    return passed;
  }

  /** Whether whoever asks for the token gets it, however they ask. */
  get isPlain(): boolean {
    return this.reachable && !this.onlyDefault && this.name === undefined && this.tag === undefined;
  }

  /** Whether nothing is said of it but the class and the scope. */
  get isPlainClass(): boolean {
    const isSaid = ([method]: Call): boolean => /^(to|toSelf|in\w+Scope)$/.test(method);
    return this.isPlain && this.#calls.every(isSaid);
  }

  /** False for a `bind(token)` that was not followed by any `to…`. */
  get isBound(): boolean {
    return this.#calls.length > 0;
  }

  /** Whether inversify would give this binding to whoever asks so. */
  answers({ name, tags }: Qualifiers): boolean {
    // To whom a `when…` constraint gives it, only inversify can tell.
    if (!this.reachable) return true;
    if (this.onlyDefault) return name === undefined && tags.size === 0;
    const sameName = this.name === undefined || this.name === name;
    return sameName && (this.tag === undefined || tags.get(this.tag.key) === this.tag.value);
  }

  /** Makes the same binding elsewhere, as a singleton there: what a request's container needs. */
  bindAgain(container: Container, onCreation: CreationListener): BindingIdentifier | undefined {
    const calls = this.#calls.filter(([method]) => !method.endsWith('Scope'));
    const [to, ...more] = calls;
    const bound = to && invoke(container.bind(this.token), to);
    const scoped = invoke(bound, ['inSingletonScope', []]);
    const noted = (instance: unknown): void => {
      onCreation(this, instance);
    };
    invoke(scoped, ['onActivation', [activation(undefined, noted)]]);
    more.reduce<unknown>((syntax, call) => invoke(syntax, withNote(call, noted)), scoped);
    return identifierOf(bound);
  }

  readonly #check = (token: Token, isOptional: boolean): void => {
    const { name } = this.owner;
    if (!isOptional && !this.owner.knows(token)) throw undeclaredImport(name, token);
    if (this.scope === 'Singleton' && this.owner.isRequestScoped(token)) {
      throw requestScopeFault(name, [name, tokenName(this.token), tokenName(token)]);
    }
  };

  /** Told by the binding itself of what it has made. */
  readonly noteCreation = (instance: unknown): void => {
    if (this.scope === 'Singleton') this.owner.noteCreation(this, instance);
  };
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
        const next = invoke(target, withNote([method, record.note(method, args)], record.noteCreation));
        record.identifier ??= identifierOf(next);
        if (constructing.has(method))
          invoke(next, ['onActivation', [activation(undefined, record.noteCreation)]]);
        return typeof next === 'object' && next !== null ? wrap(next, record) : next;
      };
    },
  });
}

const contextual: ReadonlySet<string> = new Set(['toDynamicValue', 'toFactory']);

const unreachable = /^when(?!Named|Tagged|Default)/;

type Note = (record: BindingRecord, args: readonly unknown[], plugin: string) => void;

const notes: Readonly<Record<string, Note>> = {
  to: (record, [type], plugin) => {
    noteClass(record, type as Class, plugin);
  },
  toSelf: (record, _args, plugin) => {
    noteClass(record, record.token as Class, plugin);
  },
  toService: (record, [target]) => {
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
  whenDefault: (record) => {
    record.onlyDefault = true;
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
