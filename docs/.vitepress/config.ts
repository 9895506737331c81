import { fileURLToPath } from 'node:url'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { fillPlaceholders } from './placeholders.ts'

const GUIDES: readonly (readonly [name: string, en: string, de: string])[] = [
  ['entra', 'Microsoft Entra ID', 'Microsoft Entra ID'],
  ['okta', 'Okta (catalogue app)', 'Okta (App aus dem Katalog)'],
  ['okta-wizard', 'Okta (App Integration Wizard)', 'Okta (App Integration Wizard)'],
  ['onelogin', 'OneLogin', 'OneLogin'],
  ['jumpcloud', 'JumpCloud', 'JumpCloud'],
  ['authentik', 'authentik', 'authentik'],
  ['other', 'Another SCIM 2.0 client', 'Ein anderer SCIM-2.0-Client'],
]

const english: DefaultTheme.SidebarItem[] = [
  {
    text: 'For IT admins',
    items: [{ text: 'Connect by SCIM', link: '/scim' }],
  },
  { text: 'Setup guides', items: GUIDES.map(([name, text]) => ({ text, link: `/guides/${name}` })) },
  {
    text: 'For developers and operators',
    items: [
      { text: 'Usage', link: '/usage' },
      { text: 'Admin API', link: '/admin-api' },
      { text: 'Deployment', link: '/deployment' },
      { text: 'Scaling', link: '/scaling' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'SCIM endpoint', link: '/reference/endpoint' },
      { text: 'Errors', link: '/reference/errors' },
      { text: 'Schemas and attributes', link: '/reference/schemas' },
      { text: 'Filters', link: '/reference/filters' },
      { text: 'Dialect rules', link: '/reference/dialects' },
      { text: 'Limits', link: '/reference/limits' },
      { text: 'Command line', link: '/reference/command-line' },
      { text: 'Configuration', link: '/reference/configuration' },
      { text: 'Library', link: '/reference/library' },
    ],
  },
]

const german: DefaultTheme.SidebarItem[] = [
  { text: 'Für IT-Admins', items: [{ text: 'Per SCIM verbinden', link: '/de/scim' }] },
  { text: 'Anleitungen', items: GUIDES.map(([name, , text]) => ({ text, link: `/de/guides/${name}` })) },
  { text: 'Auf Englisch', items: [{ text: 'Fehler mit Ursache und Abhilfe', link: '/reference/errors' }] },
]

const germanSearch: DefaultTheme.LocalSearchOptions['translations'] = {
  button: { buttonText: 'Suchen', buttonAriaLabel: 'Suchen' },
  modal: {
    noResultsText: 'Nichts gefunden zu',
    resetButtonTitle: 'Eingabe löschen',
    displayDetails: 'Ausschnitte zeigen',
    backButtonTitle: 'Suche schließen',
    footer: { selectText: 'öffnen', navigateText: 'wählen', closeText: 'schließen' },
  },
}

export default defineConfig({
  base: '/docs/',
  title: 'Optimaite SCIM',
  description: "SCIM 2.0 group provisioning for Optimaite's workspaces",
  cleanUrls: true,
  outDir: fileURLToPath(new URL('../../packages/server/dist-docs', import.meta.url)),
  srcExclude: ['generate/**'],
  // The public page lies in a folder for each language; the English one is served without it.
  rewrites: { 'en/:page': ':page' },
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { config: (markdown) => fillPlaceholders(markdown) },
  locales: {
    // `lang` tells the service that the reader has chosen, whatever the browser prefers.
    root: { label: 'English', lang: 'en', link: '/scim?lang=en', themeConfig: { sidebar: english } },
    de: {
      label: 'Deutsch',
      lang: 'de',
      link: '/de/',
      description: 'SCIM-2.0-Bereitstellung von Gruppen für Workspaces in Optimaite',
      themeConfig: {
        sidebar: german,
        outline: { level: 2, label: 'Auf dieser Seite' },
        docFooter: { prev: false, next: false },
        darkModeSwitchLabel: 'Darstellung',
        sidebarMenuLabel: 'Menü',
        returnToTopLabel: 'Nach oben',
        langMenuLabel: 'Sprache wechseln',
        skipToContentLabel: 'Zum Inhalt springen',
        notFound: { title: 'Seite nicht gefunden', quote: '', linkText: 'Zur Startseite', linkLabel: 'Zur Startseite' },
      },
    },
  },
  themeConfig: {
    logoLink: '/',
    i18nRouting: false,
    outline: { level: 2, label: 'On this page' },
    docFooter: { prev: false, next: false },
    notFound: { quote: 'There is no such page.' },
    search: { provider: 'local', options: { locales: { de: { translations: germanSearch } } } },
  },
})
