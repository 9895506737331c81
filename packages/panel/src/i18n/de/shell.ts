import type { shell as en } from '../en/shell.ts'

/** Around every page. */
export const shell: typeof en = {
  shell: {
    skip: 'Zum Inhalt springen',
    home: 'Optimaite SCIM, Startseite',
    main: 'Hauptnavigation',
    service: 'Dienst',
    workspace: (name) => `Workspace ${name}`,
    looks: 'Sprache und Darstellung',
    language: 'Sprache',
    theme: 'Darstellung',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    me: (name) => `Konto von ${name}`,
    signOut: 'Abmelden',
  },
  dead: {
    page: 'Diese Seite gibt es nicht',
    pageSays: 'Die Adresse ist vielleicht unvollständig, oder was sie zeigte, gibt es nicht mehr.',
    home: 'Zur Startseite',
    workspace: 'Diesen Workspace gibt es nicht',
    workspaceSays: (slug) => `Es gibt keinen Workspace „${slug}“, oder Sie haben keinen Zugang zu ihm.`,
    allWorkspaces: 'Alle Workspaces',
  },
}
