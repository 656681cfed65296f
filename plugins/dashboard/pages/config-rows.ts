import type { ConfigValue, PluginStatus } from 'plugboard';

/** One value of a plugin's configuration, for people to read. */
export interface ConfigRow {
  /** `smtp.port` */
  readonly path: string;
  /** As JSON has it. */
  readonly value: string;
  readonly origin: string;
  /** Why the value is not shown, if it isn't. */
  readonly hidden: string;
}

/** What a plugin is configured with, whether it runs or not; undefined where nothing of it is known. */
export function configRows({ config }: PluginStatus): readonly ConfigRow[] | undefined {
  return config?.map(({ path, value, origin }) => {
    const hidden = reasonToHide(path, value);
    return { path, origin, hidden, value: hidden ? '' : JSON.stringify(shown(value)) };
  });
}

/** Why there are no rows. */
export function configNote({ state, failure }: PluginStatus): string {
  if (failure?.code === 'INVALID_CONFIG') return 'It does not fit: see above.';
  if (failure && unreadPhases.has(failure.phase)) return 'Known when its code can be loaded.';
  return state === 'disabled' ? 'It has none, or is not read while the plugin is disabled.' : 'It has none.';
}

const unreadPhases: ReadonlySet<string> = new Set(['discover', 'load', 'manifest', 'configure']);

function reasonToHide(path: string, value: ConfigValue['value']): string {
  if (value === '[secret]') return 'a secret';
  const isNamedSo = path.split('.').some(isCalledSecret);
  return isNamedSo && isTelling(value) ? 'hidden for its name: mark it with @Secret()' : '';
}

/** A list, or what JSON makes of an object, may have in it what is called as secrets are; an address, a password. */
function shown(value: unknown): unknown {
  const text = JSON.stringify(value, (key, part: unknown) => {
    if (isCalledSecret(key) && isTelling(part)) return mask;
    return typeof part === 'string' ? part.replace(urlPassword, `$1${mask}@`) : part;
  }) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as unknown);
}

const mask = '••••••••';

// Of `tokenTtl: 60` or `useToken: true` nothing has to be hidden; an empty secret is worth knowing.
function isTelling(part: unknown): boolean {
  return typeof part === 'string' ? part !== '' : typeof part === 'object' && part !== null;
}

function isCalledSecret(name: string): boolean {
  return secretName.test(name);
}

const secretName =
  /pass(word|wd|phrase|code)?$|pwd$|secret|token|credential|(api|private|access|signing|encryption)[-_]?keys?$|^keys?$|salt$|authorization|cookie|dsn$|connection[-_]?string/i;

const urlPassword = /([a-z][a-z\d+.-]*:\/\/[^\s/?#:@]*:)[^\s/?#@]+@/gi;
