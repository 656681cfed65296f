/** What a plugin may know of itself: `constructor(private readonly info: PluginInfo)`. */
export class PluginInfo {
  constructor(
    readonly name: string,
    readonly version: string,
    readonly description: string,
    /** The host's prefix and the plugin's, without the mount point of the embedding app: `''` or `/a/b`. */
    readonly baseUrl: string,
  ) {}
}
