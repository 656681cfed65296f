import type { ViewFolders } from './view-folders.ts';

/** Renders a template's file with `it`. */
export type TemplateEngine = (file: string, it: object) => string;

/** Eta, whose layouts and includes come from the plugin's folder, then from the host's. Loaded when a page needs it. */
export async function createEta(folders: ViewFolders, cache: boolean): Promise<TemplateEngine> {
  const { Eta } = await import('eta');
  // Paths are resolved for each template anew: one name means another file for another template.
  const eta = new Eta({ autoEscape: true, cache, cacheFilepaths: false });
  eta.resolvePath = (template, options) =>
    options?.filepath === undefined ? template : folders.resolve(template, options.filepath, 'eta');
  return (file, it) => eta.render(file, it);
}
