import { createHost, type Host } from 'plugboard';

export function shopHost(configFile?: string) {
  // #region app
  const host = createHost({
    configFile, // default: plugboard.config.* in the working directory
    settings: { mail: { config: { copies: ['archive@example.com'] } } }, // the last word
  });
  // #endregion
  return host;
}

export function showConfig(host: Host) {
  // #region values
  for (const { name, config } of host.plugins) {
    for (const { path, value, origin } of config ?? []) console.log(name, path, value, origin);
  }
  // mail smtp.port 587 plugboard.config.yaml:9
  // mail smtp.password [secret] default
  // #endregion
}
