import type { Request, Response } from 'express';
import { basename, dirname } from 'node:path';
import type { AssetFiles } from './asset-files.ts';
import type { RouteService } from './mount.ts';
import type { Traffic } from './traffic.ts';

/** Serves a plugin's files, to be asked for again when they have changed; for good where `?v=` is the content's hash. */
export function createAssetHandler(assets: AssetFiles, traffic?: Traffic): RouteService['handle'] {
  const serve = createServe(assets);
  return (request, response) => {
    serve(request, response);
    traffic?.add(response);
  };
}

function createServe(assets: AssetFiles): (request: Request, response: Response) => void {
  return (request, response) => {
    const path = [request.params.path ?? ''].flat().join('/');
    const file = assets.find(path);
    if (file === undefined) {
      response.status(404).type('text/plain').send('Not Found');
      return;
    }
    response.setHeader('Cache-Control', cacheControl(request, assets, path));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const settings = { root: dirname(file), cacheControl: false, dotfiles: 'allow' } as const;
    response.sendFile(basename(file), settings, (error: unknown) => {
      if (!error || response.headersSent) return;
      // It was there a moment ago, or the range can't be given.
      const { status = 404 } = error as { status?: number };
      response.removeHeader('Cache-Control');
      response
        .status(status)
        .type('text/plain')
        .send(status === 416 ? 'Range Not Satisfiable' : 'Not Found');
    });
  };
}

function cacheControl({ query }: Request, assets: AssetFiles, path: string): string {
  return query.v !== undefined && query.v === assets.hash(path)
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=0, must-revalidate';
}
