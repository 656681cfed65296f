import type { PluginAction } from 'plugboard';

/** Gives each operation of a document a name of its own. */
export class OperationIds {
  readonly #used = new Set<string>();

  /** `guestbook.find`; with more of the action where that is taken. */
  take(plugin: string, action: PluginAction, method: string, wanted: string | undefined): string {
    const { controller, handler } = action;
    const candidates = [
      ...(wanted === undefined ? [] : [wanted, `${plugin}.${wanted}`]),
      // One that is several says which.
      action.method.toLowerCase() !== method ? `${plugin}.${handler}.${method}` : `${plugin}.${handler}`,
      `${plugin}.${controller.name}.${handler}`,
      `${plugin}.${controller.name}.${handler}.${method}`,
    ];
    const last = candidates.at(-1) as string;
    let id = candidates.find((candidate) => !this.#used.has(candidate));
    for (let count = 2; id === undefined; count++) {
      if (!this.#used.has(`${last}.${count}`)) id = `${last}.${count}`;
    }
    this.#used.add(id);
    return id;
  }
}
