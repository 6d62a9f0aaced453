/** What clients of all kinds ask, in turns: the n-th request is always the same. */

/** Requests that are refused, each for another reason. */
const refused = [
  '/api/customers/top-customers?limit=101',
  '/api/customers/segments/Nobody',
  '/api/customers/999999999999',
  '/api/customers/not-a-number',
  '/api/sales/summary?days=1&days=2',
  '/api/sales/daily?cursor=none',
  '/nothing/here',
];

/**
 * Of a hundred requests: 60 the few questions that everybody asks, 15 of these by clients that
 * have the answer, 15 any question in either form, 2 a customer or a product in full, 8 refused.
 *
 * @param questions every question of the lists
 */
export async function mixedQuestions(port, questions) {
  const popular = questions.slice(0, 50);
  const tags = await Promise.all(
    popular.map(async (path) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      await answer.arrayBuffer();
      return answer.headers.get('etag');
    }),
  );
  const kindOf = (n) => (n * 37) % 100;
  const at = (list, n) => list[Math.floor(n / 7) % list.length];
  return {
    pathOf(n) {
      const kind = kindOf(n);
      if (kind < 75) return at(popular, n);
      if (kind < 90) return `${at(questions, n)}${n % 2 === 0 ? '&format=csv' : ''}`;
      if (kind < 91) return `/api/customers/${1 + (n % 200)}?limit=${1 + (n % 191)}`;
      if (kind < 92) return `/api/products/${1 + (n % 60)}?limit=${1 + (n % 193)}`;
      return at(refused, n);
    },
    etagOf: (n) => (kindOf(n) >= 60 && kindOf(n) < 75 ? at(tags, n) : undefined),
  };
}
