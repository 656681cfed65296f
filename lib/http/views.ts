import type { Response } from 'express';
import { extname } from 'node:path';
import type { AssetFiles } from './asset-files.ts';
import { createEta, type TemplateEngine } from './eta-engine.ts';
import type { ServedPlugin, ViewEngine } from './plugin-routes.ts';
import type { RequestContext } from './request-context.ts';
import { ViewFolders } from './view-folders.ts';

/** Makes a page of a template and an action's result. */
export type ViewRenderer = (template: string, values: object, context: RequestContext) => Promise<string>;

/**
 * Renders a plugin's templates: from its own folder, then the host's, then by the app's own view engine where it has one.
 * A page sees the result, `res.locals`, `it.base` (where the plugin's routes begin) and `it.asset(file)`.
 *
 * @throws {PluginError} `VIEW_MISSING`, `VIEW_OUTSIDE`, as rejections of the renderer.
 */
export function createViewRenderer(served: ServedPlugin, assets: AssetFiles | undefined): ViewRenderer {
  const shared = served.sharedViews ?? [];
  const folders = new ViewFolders(
    served.name,
    served.views === undefined ? shared : [served.views, ...shared],
  );
  const engines = engineMap(served);
  const extensions = ['eta', ...engines.keys()];
  const isDevelopment = served.options.development ?? process.env.NODE_ENV === 'development';
  let eta: Promise<TemplateEngine> | undefined;
  return async (template, values, context) => {
    const { response } = context;
    const it = pageData(served, values, context, assets);
    const file = folders.find(template, extensions);
    if (file === undefined) {
      if (canRender(response, template)) return renderByApp(response, template, it);
      throw folders.missing(template);
    }
    const engine = engines.get(extname(file).slice(1));
    if (engine) return renderByEngine(engine, file, it);
    eta ??= createEta(folders, !isDevelopment);
    return (await eta)(file, it);
  };
}

function engineMap({ viewEngines }: ServedPlugin): Map<string, ViewEngine> {
  const entries = Object.entries(viewEngines ?? {});
  return new Map(entries.map(([extension, engine]) => [extension.replace(/^\./, ''), engine]));
}

function pageData(
  { name, prefix }: ServedPlugin,
  values: object,
  { request, response }: RequestContext,
  assets: AssetFiles | undefined,
): object {
  const base = (request.baseUrl + prefix).replace(/\/$/, '');
  const asset = (file: string): string => {
    const path = file.replace(/^[./]+/, '');
    const version = assets?.hash(path);
    return `${base}/${name}/assets/${encodeURI(path)}${version ? `?v=${version}` : ''}`;
  };
  return { ...(response.locals as object), ...values, base, asset };
}

/** The app's engine is asked only where it can answer: without one, Express's message would be misleading. */
function canRender({ app }: Response, template: string): boolean {
  const { engines } = app as { engines?: Readonly<Record<string, unknown>> };
  return Boolean(app.get('view engine') ?? engines?.[extname(template)]);
}

function renderByApp(response: Response, template: string, it: object): Promise<string> {
  return new Promise((resolve, reject) => {
    response.render(template, it, (error: unknown, html?: string) => {
      if (error) reject(error);
      else resolve(html ?? '');
    });
  });
}

function renderByEngine(engine: ViewEngine, file: string, it: object): Promise<string> {
  return new Promise((resolve, reject) => {
    engine(file, it, (error, html) => {
      if (error) reject(error);
      else resolve(html ?? '');
    });
  });
}
