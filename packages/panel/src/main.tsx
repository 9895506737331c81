import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { LanguageProvider } from './i18n/language.tsx'
import { Announcer } from './parts/Announcer.tsx'
import { createPanelRouter } from './router.tsx'
import { ThemeProvider } from './shell/theme.tsx'
import './style/index.css'

const { router, client } = createPanelRouter()

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <ThemeProvider>
        <LanguageProvider>
          <QueryClientProvider client={client}>
            <Announcer>
              <RouterProvider router={router} />
            </Announcer>
          </QueryClientProvider>
        </LanguageProvider>
      </ThemeProvider>
    </CSPProvider>
  </StrictMode>,
)
