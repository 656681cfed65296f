import { getMetadataStorage, type ValidatorOptions } from 'class-validator';
import { GeneratedCode, propertyOf } from './generated-code.ts';
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

interface Check {
  /** Tells of most values, at once, that it is true of them. */
  readonly isObvious?: ReturnType<typeof obviousValues>;
  readonly isTrue: PropertyCheck;
}

// oxlint-disable-next-line typescript/no-unsafe-function-type -- class-validator's own type of a class
function compileType(type: Function, options: ValidatorOptions, isValid: SurelyValid): SurelyValid {
  const { always = false, strictGroups = false, groups } = options;
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(type, '', always, strictGroups, groups);
  if (all.length === 0 && options.forbidUnknownValues !== false) return unsure;
  const grouped = storage.groupByPropertyName(all) as Readonly<Record<string, Metadata[]>>;
  const rules = Object.entries(grouped).map(([name, metadata]) => propertyRule(name, metadata, type.name));
  if (rules.includes(undefined)) return unsure;
  const holds = compileRules(rules as PropertyRule[], options, isValid);
  if (!options.whitelist) return holds;
  const isKnown = (name: string): boolean => Object.hasOwn(grouped, name);
  return (value) => Object.keys(value).every(isKnown) && holds(value);
}

/** What a property has to be, in the order of class-validator. */
interface PropertyRule {
  readonly name: string;
  /** Where one of them does not hold, nothing is asked. */
  readonly conditions: readonly ((object: object, value: unknown) => unknown)[];
  /** What is asked also where it is not there. */
  readonly presence: readonly Check[];
  readonly constraints: readonly Check[];
  /** What is in it is asked as well. */
  readonly isNested: boolean;
}

/** undefined where there is something that only class-validator knows. */
function propertyRule(name: string, all: readonly Metadata[], typeName: string): PropertyRule | undefined {
  if (!all.every(({ type }) => kinds.has(type))) return undefined;
  const ofKind = (kind: string): Metadata[] => all.filter(({ type }) => type === kind);
  const checksOf = (kind: string): Check[] =>
    ofKind(kind).flatMap((metadata) => compileConstraints(metadata, typeName));
  return {
    name,
    conditions: ofKind('conditionalValidation').map(
      ({ constraints }) => constraints[0] as PropertyRule['conditions'][number],
    ),
    presence: checksOf('isDefined'),
    constraints: checksOf('customValidation'),
    isNested: ofKind('nestedValidation').length > 0,
  };
}

function compileRules(
  rules: readonly PropertyRule[],
  options: ValidatorOptions,
  isValid: SurelyValid,
): SurelyValid {
  const code = new GeneratedCode();
  const nested = code.use((value: unknown) => isNestedValid(value, options, isValid));
  const skipped = code.use((value: unknown) => isSkipped(value, options));
  const ask = ({ isObvious, isTrue }: Check): void => {
    const obvious = isObvious ? `!${code.use(isObvious)}(value) && ` : '';
    code.add(`if (${obvious}!${code.use(isTrue)}(value, object)) return false;`);
  };
  code.add('let value;');
  for (const { name, conditions, presence, constraints, isNested } of rules) {
    code.add(`value = ${propertyOf('object', name)};`);
    for (const condition of conditions) code.add(`if (${code.use(condition)}(object, value)) {`);
    for (const check of presence) ask(check);
    code.add(`if (!${skipped}(value)) {`);
    for (const check of constraints) ask(check);
    if (isNested) code.add(`if (!${nested}(value)) return false;`);
    code.add('}'.repeat(conditions.length + 1));
  }
  code.add('return true;');
  return (code.compile('object') as SurelyValid | undefined) ?? unsure;
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

function compileConstraints(metadata: Metadata, typeName: string): Check[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map((constraint) => compileConstraint(metadata, constraint, typeName));
}

type Constraint = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']>[number];

function compileConstraint(metadata: Metadata, constraint: Constraint, targetName: string): Check {
  if (constraint.async) return { isTrue: unsure };
  const { propertyName: property, constraints, each } = metadata;
  // class-validator's own decorators each have a class of their own, without state; another's is asked for each time.
  const shared = constraint.target.name === 'CustomConstraint' ? constraint.instance : undefined;
  const isObvious = shared && !each ? obviousOf(constraint.name, property, shared, constraints) : undefined;
  let isAsync = false;
  const isTrue: PropertyCheck = (value, object) => {
    if (isAsync) return false;
    const instance = shared ?? constraint.instance;
    const answer: unknown = instance.validate(value, { targetName, property, object, value, constraints });
    if (!isPromiseLike(answer)) return Boolean(answer);
    isAsync = true;
    answer.then(undefined, () => undefined);
    return false;
  };
  if (!each) return { isObvious, isTrue };
  const isTrueOfEach: PropertyCheck = (value, object) => {
    const isCollection = Array.isArray(value) || value instanceof Set || value instanceof Map;
    return isCollection ? [...value.values()].every((one) => isTrue(one, object)) : isTrue(value, object);
  };
  return { isTrue: isTrueOfEach };
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
