import { createServer } from 'node:http';
import { listenOn, type Serve } from './peer-server.ts';
import { appWithPlugins } from './plugboard-in-express.ts';

export const serve: Serve = async (asked) => listenOn(createServer(await appWithPlugins(asked)));
