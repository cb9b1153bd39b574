// Sets the colour scheme before the first paint; the application takes over from here.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('sluice-color-scheme');
  } catch {
    // Storage is blocked: the system's scheme holds.
  }
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
