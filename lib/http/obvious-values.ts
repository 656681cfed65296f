/** A constraint that is put on a property, as class-validator knows it. */
export interface NamedConstraint {
  readonly name: string;
  readonly settings: readonly unknown[];
  /** What it says of a wrong value, before its tokens are replaced. */
  readonly message: () => string | undefined;
}

/** Whether the constraint surely holds; false where it has to be asked. */
type Obvious = (value: unknown) => boolean;

/**
 * Tells of most values, faster than the constraint itself, that one of class-validator's own constraints holds; undefined
 * for any other. Its own are known by name and message: somebody's own constraint may well have the same name.
 */
export function obviousValues({ name, settings, message }: NamedConstraint): Obvious | undefined {
  const known = constraints.get(name);
  return known && known[0] === message() ? known[1](settings) : undefined;
}

const tooShort = '$property must be longer than or equal to $constraint1 characters';

type Compile = (settings: readonly unknown[]) => Obvious | undefined;

const constraints: ReadonlyMap<string, readonly [message: string, compile: Compile]> = new Map<
  string,
  readonly [string, Compile]
>([
  ['isString', ['$property must be a string', () => (value) => typeof value === 'string']],
  ['isBoolean', ['$property must be a boolean value', () => (value) => typeof value === 'boolean']],
  ['isInt', ['$property must be an integer number', () => (value) => Number.isInteger(value)]],
  ['min', ['$property must not be less than $constraint1', ([min]) => isNumberWithin(min, Infinity)]],
  ['max', ['$property must not be greater than $constraint1', ([max]) => isNumberWithin(-Infinity, max)]],
  ['isLength', [tooShort, ([min, max = Infinity]) => isTextWithin(min, max)]],
  ['minLength', [tooShort, ([min]) => isTextWithin(min, Infinity)]],
  [
    'isEmail',
    ['$property must be an email', ([options]) => (options === undefined ? isPlainEmail : undefined)],
  ],
]);

function isNumberWithin(min: unknown, max: unknown): Obvious | undefined {
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  return (value) => typeof value === 'number' && value >= min && value <= max;
}

/** Of other characters class-validator does not count each. */
const ascii = /^[\x20-\x7e]*$/;

function isTextWithin(min: unknown, max: unknown): Obvious | undefined {
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  return (value) =>
    typeof value === 'string' && value.length >= min && value.length <= max && ascii.test(value);
}

const email = /^[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,18}$/i;

function isPlainEmail(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 60 && email.test(value);
}
