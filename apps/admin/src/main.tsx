/*
 * The web app: a folder per feature in `features/`, each with its routes, its pages and the operations that they send; what they share
 * is in `domain/`, and in `ui/` if it knows no API. `graphql/` speaks to the API, `layout/`, `routing/` and `theme/` frame every page.
 */
import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { client } from './graphql/client.js';
import { t as graphqlWords } from './graphql/words.js';
import { language } from './language/language.js';
import { router } from './router.js';
import './theme/mantine.css';
import './theme/global.css';
import { t as uiWords } from './ui/words.js';
import { cssVariables, theme } from './theme/theme.js';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element for the application.');

document.documentElement.lang = language;
// The first page is drawn in one go, over what the entry page shows until then.
await Promise.all([graphqlWords.load(), uiWords.load(), router.load()]);

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      // Mantine's own values too, which would be 2 kB as a file.
      deduplicateCssVariables={false}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'sluice-color-scheme' })}
    >
      <ApolloProvider client={client}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>
  </StrictMode>,
);
