/** The site as one HTML file that opens from disk. */
import { htmlPage } from './html-page.js';
import type { SiteData } from './page/site/site-data.js';

export function renderSite(site: SiteData): Promise<string> {
  return htmlPage({ title: `${site.project.name} documentation`, bundle: 'site', data: site });
}
