import { fileURLToPath } from 'node:url'

/** Where Vite puts the panel; the same from src/panel and from dist/panel. */
export const PANEL_FOLDER = fileURLToPath(new URL('../../dist-panel', import.meta.url))
