/**
 * Values of which a constraint of class-validator's surely holds, told faster than by itself: by the constraint's name, for
 * constraints without settings. Whatever is not obvious is asked of the constraint.
 */
export const obviousValues: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['isEmail', isObviousEmail],
]);

const email = /^[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,18}$/i;

function isObviousEmail(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 60 && email.test(value);
}
