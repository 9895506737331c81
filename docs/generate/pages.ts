import { commandLinePage } from './commandLine.ts'
import { configurationPage } from './configuration.ts'
import { dialectsPage } from './dialects.ts'
import { endpointPage } from './endpoint.ts'
import { errorsPage } from './errors.ts'
import { filtersPage } from './filters.ts'
import { libraryPage } from './library.ts'
import { limitsPage } from './limits.ts'
import type { Page } from './markdown.ts'
import { schemasPage } from './schemas.ts'

/** Every page of the reference, made from the code as it is now. */
export function referencePages(): Page[] {
  return [
    endpointPage(),
    errorsPage(),
    schemasPage(),
    filtersPage(),
    dialectsPage(),
    limitsPage(),
    commandLinePage(),
    configurationPage(),
    libraryPage(),
  ]
}
