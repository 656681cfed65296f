import { listNames, storedIn, type ListName } from '#lib/registries/routing-storage.js';
import { transformationMaps } from '#lib/registries/transformation-metadata.js';
import { validationMaps } from '#lib/registries/validation-metadata.js';

export type RegistrySizes = Readonly<
  Record<ListName | 'validations' | 'constraints' | 'transformations', number>
>;

/** How much decorators have left in this process. */
export function registrySizes(): RegistrySizes {
  const [validations = 0, constraints = 0] = validationMaps().map(({ size }) => size);
  const lists = Object.fromEntries(listNames.map((name) => [name, storedIn(name).length]));
  return {
    ...(lists as Record<ListName, number>),
    validations,
    constraints,
    transformations: transformationMaps.reduce((sum, { size }) => sum + size, 0),
  };
}
