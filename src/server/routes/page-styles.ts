/** What Swagger UI and ReDoc lack for people who see little, or do not use a mouse. */

/** Their colours, darker: text has a contrast of 4.5 to 1 at least. */
export const swaggerStyle = `
.swagger-ui .info .title small pre.version { background: #555c69; }
.swagger-ui .info .title small.version-stamp { background: #4a6a02; }
.swagger-ui .info .title small { background: #555c69; }
.swagger-ui .info a, .swagger-ui .info .url, .swagger-ui a.link, .swagger-ui .markdown a { color: #1b5fae; }
.swagger-ui .btn.authorize { color: #1a7046; border-color: #1a7046; }
.swagger-ui .btn.authorize svg { fill: #1a7046; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1b66b3; }
.swagger-ui .parameter__name.required::after, .swagger-ui .parameter__name.required span { color: #b3261e; }
.swagger-ui .parameter__in, .swagger-ui .parameter__extension, .swagger-ui .prop-format { color: #595959; }
.swagger-ui .json-schema-2020-12-expand-deep-button,
.swagger-ui .json-schema-2020-12__attribute,
.swagger-ui .json-schema-2020-12-keyword__name,
.swagger-ui .json-schema-2020-12-keyword__value { color: #3d3d3d; }
.swagger-ui .json-schema-2020-12-expand-deep-button, .swagger-ui .json-schema-2020-12-accordion { min-height: 24px; }
.swagger-ui .btn.cancel { color: #b3261e; border-color: #b3261e; }
.swagger-ui .btn.execute { background-color: #1b5fae; border-color: #1b5fae; }
.swagger-ui .microlight span[style*="211, 99, 99"] { color: #f2a0a0 !important; }
.swagger-ui .tab li button.tablinks { min-height: 24px; }
`;

/**
 * Each operation is a button with a link in it, which a screen reader can't tell apart and the
 * keyboard meets twice: the button alone opens it, and writes the address too. A choice among
 * the values of a parameter has no name of its own.
 */
export const swaggerScript = `
const mend = () => {
  for (const link of document.querySelectorAll('.opblock-summary-control a[href]')) link.removeAttribute('href');
  for (const choice of document.querySelectorAll('.parameters select:not([aria-label])')) {
    choice.setAttribute('aria-label', choice.closest('[data-param-name]')?.dataset.paramName ?? 'value');
  }
};
new MutationObserver(mend).observe(document.getElementById('swagger-ui'), { childList: true, subtree: true });
`;

/** Buttons as large as a finger needs them. */
export const redocStyle = `
#redoc button.collapser { width: 24px; height: 24px; line-height: 24px; margin-left: -28px; }
#redoc .redoc-json code, #redoc .redoc-json li { line-height: 26px; }
`;
