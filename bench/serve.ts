// One peer's server, in a process of its own: `serve.ts <peer> <scenario> <variant>`, started by server-process.ts.
import type { Serve } from './peers/peer-server.ts';

const [peer = '', scenario = '', variant = ''] = process.argv.slice(2);
const { serve } = (await import(`./peers/${peer}.ts`)) as { serve: Serve };
const port = await serve({ peer, scenario, variant });
process.send?.({ port });

process.on('message', () => {
  process.send?.(process.cpuUsage());
});
process.on('disconnect', () => process.exit());
