import { createHost, type Class } from 'plugboard';

const plugins: readonly (string | Class)[] = [];

// #region local
export const local = createHost({
  plugins: [...plugins, 'plugboard/plugins/dashboard'],
  settings: { dashboard: { config: { loopback: true }, grants: ['control'] } },
});
// #endregion

// #region token
export const guarded = createHost({
  plugins: [...plugins, 'plugboard/plugins/dashboard'],
  settings: {
    dashboard: { config: { token: process.env['DASHBOARD_TOKEN'] }, grants: ['control'] },
  },
});
// #endregion
