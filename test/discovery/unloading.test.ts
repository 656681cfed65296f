import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { app, folderWith, removeFolders } from './temporary-folder.ts';
import type { UnloadingReport } from './unloading-process.ts';

const generations = 40;

async function unload(plugin: string, ...more: readonly string[]): Promise<UnloadingReport> {
  const folder = await folderWith({});
  // Its text changes with each generation, and outside the repository there are no packages.
  await cp(join(app, 'test/fixtures/unloading', plugin), join(folder, plugin), { recursive: true });
  await symlink(join(app, 'node_modules'), join(folder, 'node_modules'));
  const script = join(import.meta.dirname, 'unloading-process.ts');
  const flags = ['--expose-gc', '--import', 'plugboard/register', script];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, join(folder, plugin), String(generations), ...more],
    { cwd: app, env: { ...process.env, LOG_LEVEL: 'silent' } },
  );
  return JSON.parse(stdout) as UnloadingReport;
}

describe('a generation that has served and is given up', () => {
  after(removeFolders);
  let orders: UnloadingReport;
  before(async () => {
    orders = await unload('orders');
  });

  it('has answered as its decorators say', () => {
    deepEqual(
      orders.answers.map((answer) => answer.slice(0, 3)),
      ['200', '400', '200', '400', '200', '500'],
    );
    ok(orders.answers[0]?.endsWith(' {"result":{"total":10}}'), orders.answers[0]);
    for (const name of ['isArticle', 'isPositive', 'isString']) ok(orders.answers[1]?.includes(name), name);
    ok(orders.answers[4]?.includes('"errors":1'), orders.answers[4]);
  });

  it('is collected, each of many', () => {
    deepEqual(orders.left, { class: 0, instance: 0, host: 0 });
  });

  it('leaves nothing in the registries of decorators but what its contract has in them', () => {
    const { sizesBefore, sizesWhileServing, sizesAfter } = orders;
    deepEqual(sizesAfter, sizesBefore);
    equal(sizesAfter['validations'], 1);
    for (const [name, size] of Object.entries(sizesWhileServing))
      ok(size > sizesBefore[name as keyof typeof sizesBefore], name);
  });

  it('is collected as well where its decorators are applied by hand, in JavaScript', async () => {
    const { left, sizesBefore, sizesAfter, sizesWhileServing, answers } = await unload('handmade');
    deepEqual(left, { class: 0, instance: 0, host: 0 });
    deepEqual(sizesAfter, sizesBefore);
    equal(sizesWhileServing['validations'], 2);
    deepEqual(
      answers.map((answer) => answer.slice(0, 3)),
      ['200', '400'],
    );
  });

  it('is seen by this test where something holds it', async () => {
    const { left } = await unload('orders', 'held');
    equal(left['class'], 1);
  });
});
