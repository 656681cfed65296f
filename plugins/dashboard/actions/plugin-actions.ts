import { inject, injectable, optional } from 'inversify';
import { HostControl, PluginInfo, type PluginState, type PluginStatus } from 'plugboard';

export type ActionName = 'enable' | 'disable' | 'reload' | 'release';

/** Something that can be done with a plugin as it is now. */
export interface PluginAction {
  readonly name: ActionName;
  readonly label: string;
  readonly explanation: string;
}

/** What visitors may do with plugins: nothing, unless the app has granted `control` to the dashboard. */
@injectable()
export class PluginActions {
  constructor(
    private readonly info: PluginInfo,
    @inject(HostControl) @optional() private readonly control?: HostControl,
  ) {}

  get areAllowed(): boolean {
    return this.control !== undefined;
  }

  /** What makes sense in its state, the likeliest first. */
  of({ name, state }: Pick<PluginStatus, 'name' | 'state'>): readonly PluginAction[] {
    if (!this.areAllowed) return [];
    const isSelf = name === this.info.name;
    return byState[state].filter((action) => !(isSelf && action === 'disable')).map((action) => all[action]);
  }

  /** Does it, and gives what the plugin is then. Rejects where the host has no such plugin or is closed. */
  async run(
    action: ActionName,
    { name, state }: Pick<PluginStatus, 'name' | 'state'>,
  ): Promise<PluginStatus> {
    const { control } = this;
    if (!control) throw new Error('The dashboard has no grant to control plugins.');
    if (action === 'reload') return control.reload(name);
    if (action === 'disable') return control.unload(name);
    return state === 'disabled' || state === 'quarantined' ? control.release(name) : control.reload(name);
  }
}

const all: Readonly<Record<ActionName, PluginAction>> = {
  reload: {
    name: 'reload',
    label: 'Reload',
    explanation: 'Builds it anew from its files as they are now. No request is lost.',
  },
  disable: {
    name: 'disable',
    label: 'Disable',
    explanation: 'Stops it when its requests are done. What needs it waits.',
  },
  enable: { name: 'enable', label: 'Enable', explanation: 'Starts it.' },
  release: {
    name: 'release',
    label: 'Release from quarantine',
    explanation: 'Forgets its failures and starts it again.',
  },
};

const byState: Readonly<Record<PluginState, readonly ActionName[]>> = {
  running: ['reload', 'disable'],
  failed: ['reload', 'disable'],
  waiting: ['reload', 'disable'],
  quarantined: ['release', 'reload'],
  disabled: ['enable'],
  stopped: ['enable'],
  discovered: [],
  starting: [],
  draining: [],
};
