/** Path below which the server serves the product, without trailing slash; the server writes it into the entry page. */
export function basePath(): string {
  return basePathOf(document.querySelector<HTMLMetaElement>('meta[name="sluice-base"]')?.content);
}

/** Vite's own server leaves the page as it was written, and serves at the root. */
export function basePathOf(content: string | undefined): string {
  return content === undefined || !content.startsWith('/') ? '' : content.replace(/\/+$/, '');
}
