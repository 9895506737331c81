/** Around every page. */
export const shell = {
  shell: {
    skip: 'Skip to content',
    home: 'Optimaite SCIM, home',
    main: 'Main navigation',
    service: 'Service',
    workspace: (name: string) => `Workspace ${name}`,
    looks: 'Language and theme',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    me: (name: string) => `Account of ${name}`,
    signOut: 'Sign out',
  },
  dead: {
    page: 'This page does not exist',
    pageSays: 'The address may be incomplete, or what it showed is gone.',
    home: 'Go to the start page',
    workspace: 'No such workspace',
    workspaceSays: (slug: string) => `There is no workspace “${slug}”, or you have no access to it.`,
    allWorkspaces: 'All workspaces',
  },
}
