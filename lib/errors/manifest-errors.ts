import { PluginError, type PluginErrorDetails } from './plugin-error.ts';

function manifestError(plugin: string, details: Omit<PluginErrorDetails, 'phase' | 'plugin'>): PluginError {
  return new PluginError({ ...details, plugin, phase: 'manifest' });
}

/** All that is wrong with one manifest: it is the first of it, and holds the others. */
export class ManifestError extends PluginError {
  constructor(
    first: PluginError,
    readonly others: readonly PluginError[],
  ) {
    const { code, message, fix, plugin, phase, path, cause } = first;
    super({ code, message, fix, plugin, phase, path, cause });
  }
}

/** A name that is not kebab-case, or none. */
export function invalidName(plugin: string, name: unknown, proposed: string): PluginError {
  const found = typeof name === 'string' ? JSON.stringify(name) : `of type ${typeof name}`;
  return manifestError(plugin, {
    code: 'INVALID_NAME',
    message:
      name === undefined
        ? '@Plugin has no name.'
        : `The plugin's name is ${found}, and a name is kebab-case.`,
    fix: `Write @Plugin({ name: '${proposed}' }).`,
  });
}

/** A version that is not semver. */
export function invalidVersion(plugin: string, version: string, proposed: string): PluginError {
  return manifestError(plugin, {
    code: 'INVALID_VERSION',
    message: `The version of ${plugin} is ${JSON.stringify(version)}, which is not a semver version.`,
    fix: `Write version: '${proposed}', in @Plugin or in the package.json.`,
  });
}

/** An option that does not exist. */
export function unknownOption(
  plugin: string,
  option: string,
  nearest: string | undefined,
  known: readonly string[],
): PluginError {
  return manifestError(plugin, {
    code: 'UNKNOWN_OPTION',
    message: `@Plugin has no option "${option}".`,
    fix: nearest ? `Did you mean "${nearest}"?` : `It has: ${known.join(', ')}.`,
    path: [plugin, option],
  });
}

/** An option of another type than it must be. */
export function wrongOption(plugin: string, option: string, expected: string, value: unknown): PluginError {
  return manifestError(plugin, {
    code: 'INVALID_OPTION',
    message: `@Plugin's "${option}" is ${describeValue(value)}, and must be ${expected}.`,
    fix: `Make "${option}" ${expected}.`,
    path: [plugin, option],
  });
}

/** A list with `undefined` in it. */
export function emptySlot(plugin: string, slot: string): PluginError {
  return manifestError(plugin, {
    code: 'INVALID_OPTION',
    message: `@Plugin's "${slot}" is undefined: it is used before its file has run, or its import is misspelled.`,
    fix: `Check the import of what stands at ${slot}; if its file imports this one too, move what both need into a third.`,
    path: [plugin, slot],
  });
}

/** A second plugin of one name. */
export function duplicateName(plugin: string, first: string, second: string): PluginError {
  return manifestError(plugin, {
    code: 'DUPLICATE_NAME',
    message: `There are two plugins named "${plugin}": ${first} has the name, and ${second} asks for it.`,
    fix: `Rename the one in ${second}: @Plugin({ name: '${plugin}-2', … }); or take it out of the host's plugins.`,
    path: [first, second],
  });
}

/** A range in `requires` that semver does not understand. */
export function invalidRange(plugin: string, required: string, range: string): PluginError {
  return manifestError(plugin, {
    code: 'INVALID_RANGE',
    message: `${plugin} requires "${required}" in version ${JSON.stringify(range)}, which is not a semver range.`,
    fix: `Write requires: { '${required}': '^1.2.0' }.`,
  });
}

/** A package.json that is not JSON. */
export function invalidPackage(plugin: string, path: string, cause: unknown): PluginError {
  return manifestError(plugin, {
    code: 'INVALID_PACKAGE_JSON',
    message: `${path} is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    fix: `Correct ${path}.`,
    path: [path],
    cause,
  });
}

/** A plugin in `requires` that there is none of. */
export function requirementMissing(
  plugin: string,
  required: string,
  range: string,
  known: readonly string[],
): PluginError {
  return manifestError(plugin, {
    code: 'REQUIREMENT_MISSING',
    message: `${plugin} requires the plugin "${required}" (${range}), and there is none of that name.`,
    fix: `Add it to the host's plugins, or correct the name; there are: ${known.join(', ')}.`,
    path: [plugin, required],
  });
}

/** A plugin, or plugboard itself, in a version that is not good enough. */
export function requirementUnmet(
  plugin: string,
  required: string,
  range: string,
  found: string,
): PluginError {
  return manifestError(plugin, {
    code: 'REQUIREMENT_UNMET',
    message: `${plugin} requires "${required}" in version ${range}, and found ${found}.`,
    fix: `Install a version of ${required} in ${range}, or write requires: { '${required}': '^${found}' } if ${plugin} works with it.`,
    path: [plugin, required],
  });
}

function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array with something else in it';
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `of type ${typeof value}`;
}
