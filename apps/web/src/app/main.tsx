import './app.css';
import '@mantine/core/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { createSessionReader, signInSecret } from './open-session.js';
import { createQueryClient } from './query-client.js';
import { createAppRouter } from './router.js';
import { cssVariables, theme } from './theme.js';

// The page's content security policy forbids eval, which zod would otherwise try for speed.
z.config({ jitless: true });

const secret = signInSecret(window.location.hash);
// The secret leaves the address and the history before anything else happens.
if (secret !== null) window.history.replaceState(null, '', '/');
// A link that is opened in a tab which shows Faultline already changes the fragment only: start over with it.
window.addEventListener('hashchange', () => signInSecret(window.location.hash) !== null && window.location.reload());

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element with the id "root": restore it.');
createRoot(container).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="dark">
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={createAppRouter(createSessionReader(secret))} />
    </QueryClientProvider>
  </MantineProvider>,
);
