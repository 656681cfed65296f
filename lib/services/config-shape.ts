import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import { isClass } from '../plugin/is-class.ts';
import type { ValueKind } from '../plugin/expected.ts';
import type { Class } from '../plugin/tokens.ts';
import { typesOf } from '../registries/transformation-metadata.ts';
import { isPlain } from './config-layer.ts';
import { secretKeysOf } from './secret.ts';
import type { VariableShape } from './variable-shape.ts';

/** What a config class, or a part of one, says of its settings. */
export class ConfigShape implements VariableShape {
  constructor(
    /** undefined where it is a plain object. */
    private readonly type: Class | undefined,
    /** With the defaults. */
    private readonly sample: Readonly<Record<string, unknown>>,
  ) {}

  /** Throws what the class's constructor throws. */
  static of(type: Class): ConfigShape {
    return new ConfigShape(type, new type() as Readonly<Record<string, unknown>>);
  }

  /** All names that it has a setting for; none where nobody can know. */
  get keys(): readonly string[] {
    const { type, sample } = this;
    if (!type) return Object.keys(sample);
    return [...new Set([...Object.keys(sample), ...decoratedKeys(type)])];
  }

  isSecret(key: string): boolean {
    return this.type !== undefined && secretKeysOf(this.type.prototype as object).has(key);
  }

  kindOf(key: string): ValueKind {
    const kind = kindOfType(this.#declared(key));
    return kind === 'unknown' ? kindOfValue(this.sample[key]) : kind;
  }

  /** What the members of a list are to become. */
  memberKindOf(key: string): ValueKind {
    const declared = this.#typeOf(key);
    if (declared !== undefined) return kindOfType(declared);
    const [member] = this.#list(key);
    return member === undefined ? validatedMembers(this.type, key) : kindOfValue(member);
  }

  /** What is inside of a setting that is an object. */
  inside(key: string): ConfigShape | undefined {
    const value = this.sample[key];
    if (isPlain(value)) return new ConfigShape(undefined, value);
    const type = this.kindOf(key) === 'object' ? this.#classOf(key) : undefined;
    return type && shapeOrNone(type);
  }

  /** Of a value, each object in it that has settings of its own. */
  partsOf(key: string, value: unknown): readonly (readonly [unknown, ConfigShape])[] {
    const type = Array.isArray(value) ? this.#typeOf(key) : undefined;
    const shape = isClass(type) ? shapeOrNone(type) : this.inside(key);
    return shape ? [value].flat().map((part) => [part, shape] as const) : [];
  }

  /** What `@Type` says, or else what the compiler has left; of a list, that it is one. */
  #declared(key: string): unknown {
    const { type } = this;
    if (!type) return undefined;
    const design: unknown = Reflect.getMetadata('design:type', type.prototype as object, key);
    if (design === Array) return Array;
    return this.#typeOf(key) ?? (design === Object ? undefined : design);
  }

  #typeOf(key: string): unknown {
    return this.type && typesOf(this.type).get(key)?.typeFunction?.();
  }

  #classOf(key: string): Class | undefined {
    const declared = this.#declared(key);
    if (isClass(declared)) return declared;
    const value = this.sample[key];
    return typeof value === 'object' && value !== null ? (value.constructor as Class) : undefined;
  }

  #list(key: string): readonly unknown[] {
    const value = this.sample[key];
    return Array.isArray(value) ? value : [];
  }
}

/** undefined where its constructor throws. */
export function shapeOrNone(type: Class): ConfigShape | undefined {
  try {
    return ConfigShape.of(type);
  } catch {
    return undefined;
  }
}

function decoratedKeys(type: Class): readonly string[] {
  const validated = getMetadataStorage()
    .getTargetValidationMetadatas(type, '', true, false)
    .map(({ propertyName }) => propertyName);
  return [...validated, ...secretKeysOf(type.prototype as object)];
}

function kindOfType(type: unknown): ValueKind {
  if (type === undefined) return 'unknown';
  return simpleKinds.get(type) ?? 'object';
}

const simpleKinds: ReadonlyMap<unknown, ValueKind> = new Map<unknown, ValueKind>([
  [String, 'text'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [Array, 'list'],
]);

function kindOfValue(value: unknown): ValueKind {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Date) return 'date';
  return typeof value === 'object' && value !== null ? 'object' : 'unknown';
}

/** `@IsInt({ each: true })` and the like. */
function validatedMembers(type: Class | undefined, key: string): ValueKind {
  if (!type) return 'text';
  const names = getMetadataStorage()
    .getTargetValidationMetadatas(type, '', true, false)
    .filter(({ propertyName, each }) => propertyName === key && each)
    .map(({ name = '' }) => name);
  if (names.some((name) => ['isInt', 'isNumber'].includes(name))) return 'number';
  return names.includes('isBoolean') ? 'boolean' : 'text';
}
