import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fixtures } from './dev/fixtures.ts'

/** Where `npm run dev` finds the service; without it, the pages are fed from `dev/`. */
const service = process.env.PANEL_SERVICE

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), ...(service === undefined ? [fixtures()] : [])],
  server: service === undefined ? {} : { proxy: { '/api': service, '/scim': service, '/docs': service } },
  build: {
    outDir: '../server/dist-panel',
    emptyOutDir: true,
    target: 'es2023',
    // Nothing inline: the service's content security policy allows files of its own alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
