import type { AddressInfo } from 'node:net';
import { createHost } from 'plugboard';

// #region grant
const host = createHost({
  plugins: ['./plugins'],
  settings: { operator: { grants: ['control'] } },
});
// #endregion

const server = await host.listen(Number(process.env.PORT ?? 3000));
console.log(`Open http://localhost:${(server.address() as AddressInfo).port}/offers`);

process.once('SIGTERM', () => void host.close());
