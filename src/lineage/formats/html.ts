export function lineageHtml(_l: unknown, _o: { title: string; focus: string | null }): Promise<string> { return Promise.resolve(''); }
