import { UsageError } from '../usage-error.ts';

/** @throws UsageError for what can't be a folder, a package and a part of a URL at once. */
export function checkedName(name: string, what: 'app' | 'plugin'): string {
  if (/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(name)) return name;
  throw new UsageError(
    `"${name}" can't be the name of a folder, a package and a part of a URL at once.`,
    `Small letters, digits and hyphens: plugboard new ${what} ${suggestion(name) || `my-${what}`}.`,
  );
}

/** `my-plugin` for `MyPlugin` and `my_plugin`. */
function suggestion(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^[-\d]+|-+$/g, '');
}
