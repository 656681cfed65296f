import { plugboardHost } from './plugboard-host.ts';
import { portOf, type Serve } from './peer-server.ts';

/** As most will run it: `host.listen()`. */
export const serve: Serve = async (asked) => portOf(await plugboardHost(asked).listen(0, '127.0.0.1'));
