import type { PageLanguage } from './page-language.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A plain page with one sentence. */
export function page(title: string, text: string, language: PageLanguage): string {
  const [safeTitle, safeText] = [title, text].map((part) => part.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? ''));
  const style =
    'font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark';
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${safeTitle}</title><body style="${style}"><h1>${safeTitle}</h1><p>${safeText}</p></body></html>\n`;
}
