import 'reflect-metadata';
import { noPlugin, twoPlugins } from '../errors/load-errors.ts';
import { pluginRecord, type PluginRecord } from '../plugin/decorator.ts';
import { kebabCase } from '../plugin/kebab-case.ts';
import type { Class } from '../plugin/tokens.ts';

export interface PluginClass {
  readonly pluginClass: Class;
  readonly record: PluginRecord;
}

/** The one class with `@Plugin` among a module's exports. `label` and `entry` are for messages. */
export function pickPluginClass(
  exports: Readonly<Record<string, unknown>>,
  label: string,
  entry: string,
): PluginClass {
  const values = new Set(Object.values(withDefaults(exports)));
  const found = [...values].flatMap((value): PluginClass[] => {
    const record = pluginRecord(value);
    return record ? [{ pluginClass: value as Class, record }] : [];
  });
  const [first, second] = found;
  if (!first) throw describeAbsence([...values], label, entry);
  if (second)
    throw twoPlugins(
      label,
      entry,
      found.map(({ pluginClass }) => pluginClass.name),
    );
  return first;
}

/** A CommonJS plugin that is imported has its exports in `default` as well, or there alone. */
function withDefaults(exports: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { default: inner } = exports;
  return typeof inner === 'object' && inner !== null ? { ...inner, ...exports } : { ...exports };
}

function describeAbsence(values: readonly unknown[], label: string, entry: string): Error {
  const classes = values.filter((value): value is Class => typeof value === 'function' && isClass(value));
  const name = kebabCase(label);
  const controller = classes.find(hasRoutes) ?? classes[0];
  if (controller) {
    const kind = hasRoutes(controller)
      ? 'has decorated methods but not @Plugin'
      : 'is a class without @Plugin';
    const fix = `Write @Plugin({ name: '${name}' }) above class ${controller.name}.`;
    return noPlugin(label, entry, `${controller.name} ${kind}`, fix);
  }
  const found = values.length === 0 ? 'it exports nothing' : describeValues(values);
  const fix = `Export a class: @Plugin({ name: '${name}' }) @JsonController() export class MyPlugin { … }; if it is only a part of a plugin, start its name with "_".`;
  return noPlugin(label, entry, found, fix);
}

function describeValues(values: readonly unknown[]): string {
  const kinds = values.map((value) =>
    typeof value === 'function' ? 'a function' : `a value of type ${typeof value}`,
  );
  return `it exports ${[...new Set(kinds)].join(' and ')}, and a plugin is a class`;
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** Decorators on methods leave their types: without asking whose decorators they are, these look like routes. */
function hasRoutes({ prototype }: Class): boolean {
  const target = prototype as object;
  return Object.getOwnPropertyNames(target).some((name) => Reflect.hasMetadata('design:type', target, name));
}
