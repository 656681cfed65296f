/** The options of class-validator by which the same class asks for other things. */
export interface Validation {
  readonly groups?: readonly string[] | undefined;
  readonly always?: boolean | undefined;
  readonly strictGroups?: boolean | undefined;
  readonly skipMissingProperties?: boolean | undefined;
  readonly whitelist?: boolean | undefined;
  readonly forbidNonWhitelisted?: boolean | undefined;
}

/** What stands behind the name of a class that is checked so: `_create` for the group of that name; nothing as a rule. */
export function variantName(validation: Validation): string {
  const { groups = [], strictGroups, skipMissingProperties, whitelist, forbidNonWhitelisted } = validation;
  return [
    ...groups,
    ...(validation.always && groups.length > 0 ? ['always'] : []),
    ...(strictGroups && groups.length === 0 ? ['ungrouped'] : []),
    ...(skipMissingProperties ? ['partial'] : []),
    ...(whitelist && forbidNonWhitelisted ? ['strict'] : []),
  ]
    .map((part) => `_${part}`)
    .join('');
}
