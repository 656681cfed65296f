/** Of the option `--port`, wherever there is one. */
export const portHelp =
  'port to listen on; 0 takes a free one (default: PORT, that of the configuration file, or 3000)';
