/** How a person calls this program, in a clone of the repository as well as where it is installed. */
export const PROGRAM = 'npx optimaite-scim'
