/** Answers of the API, as far as the page reads them. */
import type { Segment } from '../../ground/segments.js';
import type { Numeric } from '../model/format.js';

export interface Ready {
  readonly build: string;
  readonly as_of: string | null;
  readonly target: string;
  readonly published_at: string | null;
}

export interface Envelope<T> {
  readonly data: readonly T[];
}

export interface ComparedPeriod {
  readonly period: 'current' | 'previous';
  readonly days_analyzed: number;
  readonly total_revenue: number;
  readonly total_orders: Numeric;
  readonly avg_order_value: number | null;
  readonly customers: Numeric;
  readonly new_customers: Numeric;
}

export interface Day {
  readonly sale_date: string;
  readonly daily_orders: Numeric;
  readonly daily_customers: Numeric;
  readonly daily_revenue: number;
}

export interface Month {
  readonly sale_date: string;
  readonly monthly_revenue: number;
  readonly monthly_orders: Numeric;
  readonly monthly_customers: Numeric;
  readonly monthly_aov: number;
  readonly mom_revenue_growth_percent: number | null;
  readonly is_complete_month: boolean;
}

export interface SegmentFigures {
  readonly segment: Segment;
  readonly customers: Numeric;
  readonly customer_share_percent: number | null;
  readonly revenue: number;
  readonly revenue_share_percent: number | null;
}

export interface Customer {
  readonly customer_id: Numeric;
  readonly name: string;
  readonly city: string | null;
  readonly country: string | null;
  readonly customer_segment: Segment;
  readonly total_orders: Numeric;
  readonly total_revenue: number;
  readonly customer_lifetime_value: number;
}

export interface Product {
  readonly product_id: Numeric;
  readonly product_name: string;
  readonly category: string;
  readonly brand: string | null;
  readonly current_stock: Numeric;
  readonly total_units_sold: Numeric;
  readonly total_revenue: number;
  readonly avg_rating: number;
}

export interface ScarceProduct extends Product {
  readonly stock_level: 'Out of Stock' | 'Critical' | 'Low';
}

export interface OperationsPeriod {
  readonly period_days: number;
  readonly total_orders: Numeric;
  readonly cancelled_orders: Numeric;
  readonly cancellation_rate: number;
  readonly avg_delivery_days: number | null;
  readonly on_time_delivery_rate: number | null;
  readonly gross_order_value: number;
}

/** A source with a freshness limit. */
export interface SourceAge {
  readonly source: string;
  readonly table: string;
  /** Now. */
  readonly status: 'pass' | 'warn' | 'error' | 'unknown';
  readonly newest_at: string | null;
  readonly from_file: boolean;
}

export interface Build {
  readonly build: string;
  readonly state:
    'published' | 'kept' | 'imported' | 'failed' | 'working' | 'unpublished' | 'finished';
  readonly finished_at: string;
  readonly published_at: string | null;
  readonly tables: number;
  readonly rows: number;
  readonly tests_passed: number;
  readonly tests_warned: number;
  readonly tests_failed: number;
}
