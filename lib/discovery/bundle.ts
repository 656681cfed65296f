import { dirname, resolve } from 'node:path';
import { type OutputChunk, rolldown, type RolldownLog } from 'rolldown';
import { externalModules, type ExternalModules } from './external-modules.ts';
import { bundleError } from './bundle-error.ts';
import { describeContractImports } from './contract-imports.ts';
import { decorateHelper } from './decorate-helper.ts';
import { redirectImports } from './dynamic-imports.ts';
import { describeShim } from './missing-export.ts';
import { type OwnModules, ownModules } from './own-modules.ts';
import type { PluginArea } from './plugin-area.ts';

/** One plugin's own files as one CommonJS text, and what that text needs. */
export interface Bundle {
  readonly area: PluginArea;
  readonly code: string;
  /** A source map in JSON, with absolute paths, or what reads it when it is asked for. */
  readonly map: string | (() => string);
  /** What the names of files in the text stand for; without it they are absolute paths and URLs. */
  readonly names?: FileNames | undefined;
  /** Real paths of the plugin's files that are in it. */
  readonly files: readonly string[];
  readonly externals: Pick<ExternalModules, 'get' | 'urls'>;
  /** What works, and is not what the author means. */
  readonly warnings: readonly string[];
}

/** What a bundle that was made ahead calls files by. */
export interface FileNames {
  pathOf(name: string): string;
  urlOf(name: string): string;
}

/** Bundles a plugin's own files. Rejects with a `PluginError` that names the line to correct. */
export async function bundlePlugin(area: PluginArea, givenUp?: AbortSignal): Promise<Bundle> {
  const externals = externalModules(givenUp);
  const shims: RolldownLog[] = [];
  const own = ownModules(area, externals);
  const chunk = await build(area, own, (log) => shims.push(log)).catch((error: unknown) => {
    throw own.failure() ?? bundleError(area, error);
  });
  const files = chunk.moduleIds.filter((id) => !id.startsWith('\0'));
  return {
    area,
    // Not the bundler's "strict": that is to be said before any file is seen. On the first line, where nothing is mapped.
    code: (own.isStrict() ? `'use strict';` : '') + redirectImports(chunk.code),
    map: absoluteMap(chunk, dirname(area.entry)),
    files,
    externals,
    warnings: [
      ...(await Promise.all(shims.map((shim) => describeShim(shim, files, area)))),
      ...(await describeContractImports(files, area)),
    ],
  };
}

async function build(
  area: PluginArea,
  own: OwnModules,
  onShim: (log: RolldownLog) => void,
): Promise<OutputChunk> {
  try {
    return await generate(area, own, onShim, true);
  } catch (error) {
    // A tsconfig.json that can't be read is for tsc to complain about; the plugin can do without.
    if (!String(error).includes('TSCONFIG_ERROR')) throw error;
    return generate(area, own, onShim, false);
  }
}

async function generate(
  area: PluginArea,
  own: OwnModules,
  onShim: (log: RolldownLog) => void,
  tsconfig: boolean,
): Promise<OutputChunk> {
  const bundle = await rolldown({
    input: area.entry,
    cwd: area.cwd,
    platform: 'node',
    // What a module does when it is loaded counts (decorators do): nothing is to be left out.
    treeshake: false,
    // An interface that is imported without `type` is not there at run time.
    shimMissingExports: true,
    tsconfig,
    transform: { target: 'es2022', decorator: { legacy: true, emitDecoratorMetadata: true } },
    // Node's own, and not those that bundlers add ("module"): what is resolved is imported by Node.
    resolve: { mainFields: ['main'], conditionNames: ['node', 'module-sync', 'node-addons'] },
    onLog: (_level, log) => (log.code === 'SHIMMED_EXPORT' ? onShim(log) : undefined),
    plugins: [own.plugin, decorateHelper],
  });
  try {
    const { output } = await bundle.generate({
      format: 'cjs',
      exports: 'named',
      codeSplitting: false,
      keepNames: true,
      // Without a comment in the text: V8 keeps it.
      sourcemap: 'hidden',
      // Nothing is written; the source map's paths are relative to this folder.
      dir: dirname(area.entry),
    });
    return output[0];
  } finally {
    await bundle.close();
  }
}

function absoluteMap({ map }: OutputChunk, folder: string): string {
  return map
    ? JSON.stringify({ ...map, sources: map.sources.map((source) => resolve(folder, source)) })
    : '{}';
}
