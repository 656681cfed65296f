import { getMetadataStorage, type ValidatorOptions } from 'class-validator';
import { obviousValues } from './obvious-values.ts';
import { isPromiseLike } from './promises.ts';

/** Whether an object is surely valid; false where class-validator has to say. */
export type SurelyValid = (value: object) => boolean;

/**
 * Asks the constraints that class-validator would ask, without all that is only needed for its errors. It only ever says
 * that there are none: errors stay class-validator's own, and so does whatever is asynchronous.
 */
export function compileSurelyValid(options: ValidatorOptions): SurelyValid {
  // Weak: what is nested in a value may be of another plugin's class, which must be free to go.
  const known = new WeakMap<object, SurelyValid>();
  const isValid: SurelyValid = (value) => {
    const { constructor: type } = value;
    // A client may have named a property so.
    if (typeof type !== 'function') return false;
    let ofType = known.get(type);
    if (!ofType) {
      ofType = compileType(type, options, isValid);
      known.set(type, ofType);
    }
    return ofType(value);
  };
  return (value) => {
    try {
      return isValid(value);
    } catch {
      return false;
    }
  };
}

const unsure = (): boolean => false;

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type PropertyCheck = (value: unknown, object: object) => boolean;

// oxlint-disable-next-line typescript/no-unsafe-function-type -- class-validator's own type of a class
function compileType(type: Function, options: ValidatorOptions, isValid: SurelyValid): SurelyValid {
  const { always = false, strictGroups = false, groups } = options;
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(type, '', always, strictGroups, groups);
  if (all.length === 0 && options.forbidUnknownValues !== false) return unsure;
  const grouped = storage.groupByPropertyName(all) as Readonly<Record<string, Metadata[]>>;
  const compiling = { typeName: type.name, options, isValid };
  const properties = Object.entries(grouped).map(
    ([name, metadata]) => [name, compileProperty(metadata, compiling)] as const,
  );
  const isKnown = options.whitelist ? (name: string): boolean => Object.hasOwn(grouped, name) : undefined;
  return (value) => {
    if (isKnown && !Object.keys(value).every(isKnown)) return false;
    for (const [name, check] of properties) {
      if (!check((value as Record<string, unknown>)[name], value)) return false;
    }
    return true;
  };
}

interface Compiling {
  readonly typeName: string;
  readonly options: ValidatorOptions;
  readonly isValid: SurelyValid;
}

/** In the order of class-validator: the conditions, whether it is there, then its constraints, then what is in it. */
function compileProperty(all: readonly Metadata[], { typeName, options, isValid }: Compiling): PropertyCheck {
  const ofKind = (kind: string): Metadata[] => all.filter(({ type }) => type === kind);
  if (!all.every(({ type }) => kinds.has(type))) return unsure;
  const conditions = ofKind('conditionalValidation').map(
    ({ constraints }) => constraints[0] as (object: object, value: unknown) => unknown,
  );
  const presence = ofKind('isDefined').flatMap((metadata) => compileConstraints(metadata, typeName));
  const constraints = ofKind('customValidation').flatMap((metadata) =>
    compileConstraints(metadata, typeName),
  );
  const isNested = ofKind('nestedValidation').length > 0;
  return (value, object) => {
    for (const condition of conditions) if (!condition(object, value)) return true;
    for (const check of presence) if (!check(value, object)) return false;
    if (isSkipped(value, options)) return true;
    for (const check of constraints) if (!check(value, object)) return false;
    return !isNested || isNestedValid(value, options, isValid);
  };
}

const kinds: ReadonlySet<string> = new Set([
  'conditionalValidation',
  'isDefined',
  'customValidation',
  'nestedValidation',
  'whitelistValidation',
]);

function isSkipped(value: unknown, options: ValidatorOptions): boolean {
  if (value === undefined)
    return options.skipUndefinedProperties === true || options.skipMissingProperties === true;
  return value === null && (options.skipNullProperties === true || options.skipMissingProperties === true);
}

function isNestedValid(value: unknown, options: ValidatorOptions, isValid: SurelyValid): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value))
    return value.every((item) => isSkipped(item, options) || isNestedValid(item, options, isValid));
  if (!(value instanceof Object) || value instanceof Set || value instanceof Map) return false;
  return isValid(value);
}

function compileConstraints(metadata: Metadata, typeName: string): PropertyCheck[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map((constraint) => compileConstraint(metadata, constraint, typeName));
}

type Constraint = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']>[number];

function compileConstraint(metadata: Metadata, constraint: Constraint, targetName: string): PropertyCheck {
  if (constraint.async) return unsure;
  const { propertyName: property, constraints, each } = metadata;
  // class-validator's own decorators each have a class of their own, without state; another's is asked for each time.
  const shared = constraint.target.name === 'CustomConstraint' ? constraint.instance : undefined;
  const isObvious = shared && !each ? obviousOf(constraint.name, property, shared, constraints) : undefined;
  let isAsync = false;
  const isTrue: PropertyCheck = (value, object) => {
    if (isAsync) return false;
    if (isObvious?.(value)) return true;
    const instance = shared ?? constraint.instance;
    const answer: unknown = instance.validate(value, { targetName, property, object, value, constraints });
    if (!isPromiseLike(answer)) return Boolean(answer);
    isAsync = true;
    answer.then(undefined, () => undefined);
    return false;
  };
  if (!each) return isTrue;
  return (value, object) => {
    const isCollection = Array.isArray(value) || value instanceof Set || value instanceof Map;
    return isCollection ? [...value.values()].every((one) => isTrue(one, object)) : isTrue(value, object);
  };
}

function obviousOf(
  name: string,
  property: string,
  instance: Constraint['instance'],
  constraints: unknown[] = [],
): ReturnType<typeof obviousValues> {
  const wrong = { targetName: '', property, object: {}, value: '', constraints };
  return obviousValues({ name, settings: constraints, message: () => instance.defaultMessage?.(wrong) });
}
