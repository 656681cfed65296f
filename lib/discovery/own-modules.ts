import { pathToFileURL } from 'node:url';
import type { Plugin, PluginContext } from 'rolldown';
import type { PluginError } from '../errors/plugin-error.ts';
import type { ExternalModules } from './external-modules.ts';
import { describeFailed, describeForeign, describeMissing } from './import-faults.ts';
import { bindModuleScope, type ScriptType } from './module-scope.ts';
import type { PluginArea } from './plugin-area.ts';
import { type ImportRequest, resolveImport } from './resolve-import.ts';

/** The part of a bundle's making that decides what is in it. */
export interface OwnModules {
  readonly plugin: Plugin;
  /** The first thing that went wrong, as we say it: the bundler writes its own code and name into what is thrown. */
  failure(): PluginError | undefined;
  /** True once a file was seen that is an ES module, whose code is always strict. */
  isStrict(): boolean;
}

type Target = string | { readonly id: string; readonly external: true };

/** Keeps the plugin's own files in the bundle, and takes everything else from outside. */
export function ownModules(area: PluginArea, externals: ExternalModules): OwnModules {
  const requests = new Map<string, ImportRequest>();
  let first: PluginError | undefined;
  let isStrict = false;
  const fail = (error: PluginError): never => {
    first ??= error;
    throw new Error(error.message);
  };

  async function enter(context: PluginContext, request: ImportRequest): Promise<Target> {
    const target = await resolveImport(context, request, area);
    if (target.kind === 'own') return target.path;
    if (target.kind === 'foreign') return fail(await describeForeign(request, target, area));
    if (request.kind === 'dynamic-import') {
      return { id: target.kind === 'external' ? target.url : missingTarget(request), external: true };
    }
    if (target.kind === 'missing') return fail(await describeMissing(request, area));
    const id = externals.id(target.url, request.kind === 'require-call');
    if (!requests.has(id)) requests.set(id, request);
    return id;
  }

  async function load(id: string): Promise<{ code: string; moduleType: 'js' } | undefined> {
    const request = requests.get(id);
    if (!request) return undefined;
    try {
      return { code: (await externals.load(id)) ?? '', moduleType: 'js' };
    } catch (error) {
      return fail(await describeFailed(request, error, area));
    }
  }

  // The filters spare a call from the bundler's threads into this one for each module that is none of ours.
  const plugin: Plugin = {
    name: 'plugboard:own-modules',
    resolveId: {
      filter: { id: /^[^\0]/ },
      handler(specifier, importer, { kind }) {
        if (!importer || importer.startsWith('\0')) return null;
        return enter(this, { specifier, importer, kind: kind as ImportRequest['kind'] });
      },
    },
    load: { filter: { id: /^\0plugboard:/ }, handler: load },
    transform: {
      filter: { id: /^[^\0]/, moduleType: ['js', 'jsx', 'ts', 'tsx'] },
      handler(code, id, { moduleType }) {
        isStrict ||= /^\s*(import|export)\b/m.test(code);
        return bindModuleScope(id, code, moduleType as ScriptType);
      },
    },
  };
  return { plugin, failure: () => first, isStrict: () => isStrict };
}

/** An `import()` of what is not there fails when it is reached, where the author may be ready for it. */
function missingTarget({ specifier, importer }: ImportRequest): string {
  const request = JSON.stringify([specifier, pathToFileURL(importer).href]);
  return `plugboard-missing:${encodeURIComponent(request)}`;
}
