/** What the composition root may use: chats that go out and come in. */
import type { App } from '#platform/http/app.ts';
import type { Services } from '#platform/services.ts';
import { addExportRoutes } from './export/routes.ts';
import { addImportRoutes } from './import/routes.ts';
import { addOwnDataRoutes } from './own-data/routes.ts';

export { safeName } from './export/file-name.ts';

/** Adds the routes to `app`. */
export async function addTransferRoutes(app: App, services: Services): Promise<void> {
  addExportRoutes(app, services);
  addOwnDataRoutes(app, services);
  await addImportRoutes(app, services);
}
