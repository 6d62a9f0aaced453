/** Descriptions as HTML. Markup in them is text; links lead to the web, to mail or into this page. */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: false });

markdown.validateLink = (url) => /^(https?:|mailto:|#!?\/)/i.test(url.trim());

// A picture would be fetched from elsewhere: it is a link.
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  const text = token?.content || 'picture';
  const url = String(token?.attrGet('src') ?? '');
  const { escapeHtml } = markdown.utils;
  return `<a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(text)}</a>`;
};
// The headings of the page are its own: those of a description are not part of its outline.
markdown.renderer.rules.heading_open = () => '<p class="heading">';
markdown.renderer.rules.heading_close = () => '</p>';
const link = markdown.renderer.rules.link_open;
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noreferrer');
  return link?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options);
};
// Wide tables scroll by themselves.
markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>';
markdown.renderer.rules.table_close = () => '</table></div>';

export function htmlOf(text: string): string {
  return markdown.render(text);
}

/** For a cell of a table: the first paragraph's marks alone. */
export function inlineHtmlOf(text: string): string {
  return markdown.renderInline(text);
}
