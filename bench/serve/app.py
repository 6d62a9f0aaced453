"""The design that `techstore serve` replaces: FastAPI on uvicorn, one DuckDB connection, Pydantic models."""

import os
from datetime import datetime

import duckdb
from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

app = FastAPI(title="TechStore Analytics API", version="1.0.0")
connection = duckdb.connect(os.environ["SHOP"], read_only=True)


class Customer(BaseModel):
    customer_id: int
    name: str
    email: str
    city: str | None
    country: str | None
    age_group: str
    customer_lifetime_stage: str
    total_orders: int
    total_revenue: float
    avg_order_value: float
    customer_segment: str
    customer_lifetime_value: float


class Summary(BaseModel):
    days_analyzed: int
    total_revenue: float
    total_orders: int
    avg_daily_revenue: float | None
    avg_order_value: float | None


class Month(BaseModel):
    sale_date: datetime
    daily_revenue: float
    daily_orders: int
    monthly_revenue: float
    mom_revenue_growth_percent: float | None


SEGMENTS = ["VIP", "Loyal", "New", "At Risk", "Lost", "Regular", "Prospect"]
CUSTOMER = ", ".join(Customer.model_fields)


def rows(sql: str, values: list) -> list[dict]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


@app.get("/health")
async def health():
    return {"status": "healthy"}


@app.get("/api/customers/top-customers", response_model=list[Customer])
async def top_customers(limit: int = Query(10, ge=1, le=100)):
    return rows(
        f"SELECT {CUSTOMER} FROM main.gold_customer_analytics WHERE total_orders > 0 "
        "ORDER BY customer_lifetime_value DESC, customer_id LIMIT ?",
        [limit],
    )


@app.get("/api/customers/segments/{segment}", response_model=list[Customer])
async def customers_of_segment(segment: str, limit: int = Query(50, ge=1, le=200)):
    if segment not in SEGMENTS:
        raise HTTPException(status_code=400, detail="unknown segment")
    return rows(
        f"SELECT {CUSTOMER} FROM main.gold_customer_analytics WHERE customer_segment = ? "
        "ORDER BY customer_lifetime_value DESC, customer_id LIMIT ?",
        [segment, limit],
    )


@app.get("/api/sales/summary", response_model=Summary)
async def summary(days: int = Query(30, ge=1, le=365)):
    return rows(
        "SELECT count(*) AS days_analyzed, coalesce(sum(daily_revenue), 0) AS total_revenue, "
        "coalesce(sum(daily_orders), 0) AS total_orders, "
        "sum(daily_revenue) / count(*) AS avg_daily_revenue, "
        "sum(daily_revenue) / nullif(sum(daily_orders), 0) AS avg_order_value "
        "FROM main.gold_sales_metrics WHERE sale_date > "
        "(SELECT max(sale_date) FROM main.gold_sales_metrics) - CAST(? AS INTEGER)",
        [days],
    )[0]


@app.get("/api/sales/trends", response_model=list[Month])
async def trends(months: int = Query(12, ge=1, le=24)):
    return rows(
        "SELECT DISTINCT CAST(month_start AS TIMESTAMP) AS sale_date, monthly_revenue AS daily_revenue, "
        "monthly_orders AS daily_orders, monthly_revenue, mom_revenue_growth_percent "
        "FROM main.gold_sales_metrics ORDER BY sale_date DESC LIMIT ?",
        [months],
    )
