// Why: starts the web app: words, theme, session, routes.
import '@mantine/core/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from './i18n';
import { openDetailsForPrint } from './print';
import { router } from './router';
import { SessionProvider } from './session/session';
import { cssVariables, theme } from './theme';

startWords();
openDetailsForPrint();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
