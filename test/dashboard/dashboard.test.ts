import { describe, expect, test } from 'vitest';
import { ApiFailure } from '../../src/dashboard/api/failure.js';
import { POLL_EVERY } from '../../src/dashboard/state/dashboard.js';
import { dashboardOf, FakeShop, settle } from './fake-shop.js';

const busy = new ApiFailure('unavailable', 'Busy.', 3);
const unauthorized = new ApiFailure('unauthorized', 'No key.', null);

describe('The figures', () => {
  test('are asked for with the filters, and are of one build', async () => {
    const shop = new FakeShop();
    const { dashboard } = dashboardOf(shop, { period: 90, segment: 'At Risk' });
    await dashboard.load();

    expect(shop.asked).toContain('/api/sales/comparison?days=90');
    expect(shop.asked).toContain('/api/customers/segments/At%20Risk?limit=10');
    const { snapshot, isLoading, failure } = dashboard.state;
    expect({ isLoading, failure, build: snapshot?.build }).toEqual({
      isLoading: false,
      failure: null,
      build: 'b1',
    });
    expect(snapshot?.operations).toEqual({ period_days: 90 });
    expect(snapshot?.months.map((month) => month.sale_date)).toEqual([
      '2025-05-01T00:00:00',
      '2025-06-01T00:00:00',
    ]);
  });

  test('are asked for again when a build is published between two answers', async () => {
    const shop = new FakeShop();
    const { dashboard } = dashboardOf(shop);
    let isFirst = true;
    shop.before = (path) => {
      if (!path.startsWith('/api/products/low-stock') || !isFirst) return;
      isFirst = false;
      shop.build = 'b2';
    };
    await dashboard.load();

    expect(dashboard.state.snapshot?.build).toBe('b2');
    expect(shop.asked.filter((path) => path.includes('daily'))).toHaveLength(2);
  });

  test('of builds that never stand still are not shown mixed', async () => {
    const shop = new FakeShop();
    const { dashboard } = dashboardOf(shop);
    let n = 0;
    shop.before = () => {
      shop.build = `b${++n}`;
    };
    await dashboard.load();

    expect(dashboard.state.snapshot).toBeNull();
    expect(dashboard.state.failure?.kind).toBe('unavailable');
  });

  test('stay until those of other filters have come', async () => {
    const shop = new FakeShop();
    const { dashboard, states } = dashboardOf(shop);
    await dashboard.load();
    states.length = 0;
    await dashboard.show({ period: 7, segment: null });

    expect(states.every(({ snapshot }) => snapshot !== null)).toBe(true);
    expect(states[0]?.filters.period).toBe(7);
    expect(states[0]?.snapshot?.filters.period).toBe(30);
    expect(dashboard.state.snapshot?.filters.period).toBe(7);
  });

  test('of filters that were left again never win over later ones', async () => {
    const shop = new FakeShop();
    const { dashboard } = dashboardOf(shop);
    let release = (): void => {};
    shop.before = (path) =>
      path.includes('daily?days=7') ? new Promise((done) => (release = done)) : undefined;
    const slow = dashboard.show({ period: 7, segment: null });
    await settle();
    await dashboard.show({ period: 365, segment: null });
    release();
    await slow;

    expect(dashboard.state.snapshot?.filters.period).toBe(365);
    expect(dashboard.state).toMatchObject({ isLoading: false, failure: null });
  });

  test('of the same filters are not asked for twice', async () => {
    const shop = new FakeShop();
    const { dashboard } = dashboardOf(shop);
    await dashboard.load();
    const before = shop.asked.length;
    await dashboard.show({ period: 30, segment: null });

    expect(shop.asked).toHaveLength(before);
  });
});

describe('Looking for a new build', () => {
  test('is one small question while there is none', async () => {
    const shop = new FakeShop();
    const { dashboard, clock } = dashboardOf(shop);
    await dashboard.load();
    expect(clock.waiting?.milliseconds).toBe(POLL_EVERY);
    shop.asked.length = 0;
    await clock.ring();

    expect(shop.asked).toEqual(['/health/ready']);
    expect(clock.waiting?.milliseconds).toBe(POLL_EVERY);
  });

  test('finds it, shows its figures, and says so', async () => {
    const shop = new FakeShop();
    const { dashboard, clock, states } = dashboardOf(shop);
    await dashboard.load();
    shop.build = 'b2';
    states.length = 0;
    await clock.ring();

    expect(dashboard.state.snapshot?.build).toBe('b2');
    expect(dashboard.state.news).toBe('A new build was published. The figures are updated.');
    expect(states.every(({ snapshot }) => snapshot !== null)).toBe(true);
  });

  test('looks now and then at the builds too, of which the latest may have failed', async () => {
    const shop = new FakeShop();
    const { dashboard, clock } = dashboardOf(shop);
    await dashboard.load();
    shop.asked.length = 0;
    for (let i = 0; i < 6; i++) await clock.ring();

    expect(shop.asked.filter((path) => path === '/health/ready')).toHaveLength(6);
    expect(shop.asked.filter((path) => path.startsWith('/api/builds'))).toHaveLength(1);
  });
});

describe('Trouble', () => {
  test('leaves the figures that there are, and is over by itself', async () => {
    const shop = new FakeShop();
    const { dashboard, clock } = dashboardOf(shop);
    await dashboard.load();
    shop.failure = busy;
    await clock.ring();
    expect(dashboard.state.failure).toBe(busy);
    expect(dashboard.state.snapshot?.build).toBe('b1');
    expect(clock.waiting?.milliseconds).toBe(3000);

    shop.failure = null;
    await clock.ring();
    expect(dashboard.state.failure).toBeNull();
    expect(clock.waiting?.milliseconds).toBe(POLL_EVERY);
  });

  test('without any figures is over once a build is published', async () => {
    const shop = new FakeShop();
    shop.failure = new ApiFailure('unpublished', 'Nothing is published yet.', 5);
    const { dashboard, clock } = dashboardOf(shop);
    await dashboard.load();
    expect(dashboard.state).toMatchObject({ snapshot: null, isLoading: false });
    shop.failure = null;
    await clock.ring();

    expect(dashboard.state.snapshot?.build).toBe('b1');
  });

  test('with the key takes the figures off the screen and waits for another key', async () => {
    const shop = new FakeShop();
    const { dashboard, clock } = dashboardOf(shop);
    await dashboard.load();
    shop.failure = unauthorized;
    await clock.ring();

    expect(dashboard.state).toMatchObject({ snapshot: null, builds: [], failure: unauthorized });
    expect(clock.waiting).toBeNull();
  });

  test('that nobody foresaw is told without its words', async () => {
    const shop = new FakeShop();
    shop.before = () => {
      throw new TypeError('undefined is not a function');
    };
    const { dashboard } = dashboardOf(shop);
    await dashboard.load();

    expect(dashboard.state.failure).toMatchObject({
      kind: 'failed',
      message: 'The response of the server cannot be read.',
    });
  });
});
