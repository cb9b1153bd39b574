/*
 * The web app: a folder per feature, each with its pages, the operations that they send and the words that they use.
 * `graphql/` speaks to the API, `ui/` holds what several features show, `layout/` and `theme/` frame every page.
 */
import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { client } from './graphql/client.js';
import { router } from './router.js';
import './theme/mantine.css';
import './theme/global.css';
import { cssVariables, theme } from './theme/theme.js';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element for the application.');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'sluice-color-scheme' })}
    >
      <Notifications position="bottom-right" />
      <ApolloProvider client={client}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>
  </StrictMode>,
);
