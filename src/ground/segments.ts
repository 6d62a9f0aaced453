/** The segments of customers, in the order in which answers list them. */
export const segments = ['VIP', 'Loyal', 'New', 'At Risk', 'Lost', 'Regular', 'Prospect'] as const;
export type Segment = (typeof segments)[number];
