import { portOf, type Serve } from './peer-server.ts';
import { plugboardHost } from './plugboard-host.ts';

/** `host.listen()`, with what the variant names switched on. */
export const serve: Serve = async (asked) => {
  const { variant } = asked;
  const observed = {
    plugins: variant.includes('metrics') ? ['plugboard/plugins/metrics'] : [],
    accessLog: variant.includes('access log'),
  };
  return portOf(await plugboardHost(asked, observed).listen(0, '127.0.0.1'));
};
