"""All tables of the data model, computed a second time, without SQL.

Written from the data model's text alone, with exact decimals and the standard library only, so that
an error in the models does not repeat itself here.

    python oracle.py SOURCES OUT [--as-of DATE] [--var NAME=JSON ...]

SOURCES is a folder with the six CSV files; OUT gets one JSON file for each table:
{"table", "columns": [[name, type], ...], "rows": [[text or null, ...], ...]}.
Audit columns (those that begin with an underscore, except _source_table) are left out.
"""

import argparse
import csv
import datetime
import json
import os
import re
import sys

from fractions import Fraction

# ---- variables -----------------------------------------------------------------

DEFAULTS = {
    "seed_as_of": "2025-06-30",
    "free_shipping_threshold": 100,
    "start_date": None,
    "customer_acquisition_cost": 50,
    "tenure_days": [30, 180, 365],
    "rfm_recency_days": [30, 90, 180, 365],
    "rfm_frequency_orders": [10, 5, 3, 2],
    "rfm_monetary_value": [5000, 2000, 1000, 500],
    "stock_levels": [10, 50, 200],
    "price_tiers": [100, 500, 1000],
    "lifecycle_days": [90, 365, 730],
    "order_sizes": [100, 500, 1000],
    "sales_performance_units": [100, 50, 10],
    "fulfilled_statuses": ["delivered", "shipped"],
    "sales_statuses": ["delivered", "shipped", "confirmed"],
    "cancelled_statuses": ["cancelled", "canceled"],
    "operational_periods": [7, 30, 90, 365],
}

# ---- sources ---------------------------------------------------------------------

SOURCES = {
    "customers": [
        ("id", "bigint"), ("name", "text"), ("email", "text"), ("registration_date", "date"),
        ("birth_date", "date"), ("phone", "text"), ("city", "text"), ("country", "text"),
        ("is_active", "boolean"),
    ],
    "products": [
        ("id", "bigint"), ("name", "text"), ("description", "text"), ("category", "text"),
        ("subcategory", "text"), ("brand", "text"), ("model", "text"), ("price", "decimal(18,2)"),
        ("cost", "decimal(18,2)"), ("stock", "bigint"), ("weight_kg", "decimal(10,3)"),
        ("dimensions", "text"), ("launch_date", "date"), ("is_active", "boolean"),
        ("created_at", "timestamp"),
    ],
    "orders": [
        ("id", "bigint"), ("customer_id", "bigint"), ("order_date", "timestamp"), ("status", "text"),
        ("payment_method", "text"), ("payment_status", "text"), ("subtotal", "decimal(18,2)"),
        ("tax_amount", "decimal(18,2)"), ("shipping_cost", "decimal(18,2)"),
        ("discount_amount", "decimal(18,2)"), ("total_amount", "decimal(18,2)"),
        ("shipping_address", "text"), ("estimated_delivery", "date"), ("actual_delivery", "date"),
        ("notes", "text"),
    ],
    "order_items": [
        ("id", "bigint"), ("order_id", "bigint"), ("product_id", "bigint"), ("quantity", "bigint"),
        ("unit_price", "decimal(18,2)"), ("unit_cost", "decimal(18,2)"), ("line_total", "decimal(18,2)"),
        ("discount_percent", "decimal(5,2)"), ("created_at", "timestamp"),
    ],
    "reviews": [
        ("id", "bigint"), ("product_id", "bigint"), ("customer_id", "bigint"), ("order_id", "bigint"),
        ("rating", "int"), ("title", "text"), ("comment", "text"), ("review_date", "timestamp"),
        ("is_verified_purchase", "boolean"), ("helpful_votes", "bigint"), ("total_votes", "bigint"),
    ],
    "product_categories": [
        ("id", "bigint"), ("name", "text"), ("parent_category_id", "bigint"), ("description", "text"),
        ("is_active", "boolean"),
    ],
}

INTEGER = {"bigint": 2**63, "int": 2**31}
TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:?\d\d)?)?"
)


def read_value(text, kind):
    """The value of a CSV field of a declared type; ValueError when it is none."""
    if text == "":
        return None
    if kind == "text":
        return text
    if kind in INTEGER:
        if not re.fullmatch(r"[+-]?[0-9]+", text):
            raise ValueError(f"not an integer: {text!r}")
        return whole(int(text), kind)
    if kind.startswith("decimal"):
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
            raise ValueError(f"not a decimal: {text!r}")
        width, scale = (int(n) for n in re.findall(r"\d+", kind))
        value = Fraction(text)
        if len(text.partition(".")[2]) > scale or abs(value) >= 10 ** (width - scale):
            raise ValueError(f"does not fit {kind}: {text!r}")
        return value
    if kind == "date":
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError(f"not a date: {text!r}")
        return datetime.date.fromisoformat(text)
    if kind == "timestamp":
        found = TIMESTAMP.fullmatch(text)
        if not found:
            raise ValueError(f"not a timestamp: {text!r}")
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        value = datetime.datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            int((fraction or "0").ljust(6, "0")),
        )
        if zone and zone != "Z":
            offset = datetime.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            value = value - offset if zone[0] == "+" else value + offset
        return value
    if kind == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"not a boolean: {text!r}")
        return text.lower() == "true"
    raise AssertionError(kind)


def read_sources(folder):
    tables = {}
    for table, columns in SOURCES.items():
        path = os.path.join(folder, f"{table}.csv")
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if line]
        header = lines[0]
        if sorted(header) != sorted(name for name, _ in columns):
            raise ValueError(f"{table}.csv: the columns are {header}")
        rows = []
        for line in lines[1:]:
            if len(line) != len(header):
                raise ValueError(f"{table}.csv: {len(line)} fields in {line}")
            fields = dict(zip(header, line))
            rows.append({name: read_value(fields[name], kind) for name, kind in columns})
        tables[table] = rows
    return tables


# ---- numbers -----------------------------------------------------------------------
# Every amount is a Fraction: exact, whatever is done with it.


class DoesNotFit(ArithmeticError):
    """A total or count that its column cannot hold: an error of the build."""


def whole(number, kind):
    if not -INTEGER[kind] <= number < INTEGER[kind]:
        raise DoesNotFit(f"{number} as {kind}")
    return number


def half_away(value, scale):
    """Rounded half away from zero to `scale` places."""
    shifted = abs(value) * 10**scale
    rounded = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
    return Fraction(rounded if value >= 0 else -rounded, 10**scale)


def total(value, scale=2, width=18):
    rounded = half_away(Fraction(value), scale)
    if abs(rounded) >= 10 ** (width - scale):
        raise DoesNotFit(f"{value} as decimal({width},{scale})")
    return rounded


def ratio(numerator, denominator, times=1, scale=2):
    if numerator is None or denominator is None or denominator == 0:
        return None
    try:
        return total(Fraction(numerator) * times / Fraction(denominator), scale)
    except DoesNotFit:
        return None


def add(values):
    """The sum of what is not missing, exact; 0 of nothing."""
    return sum((Fraction(v) for v in values if v is not None), Fraction(0))


def variable(number):
    return Fraction(str(number))


# ---- text and dates ------------------------------------------------------------------


def trim(text):
    return None if text is None else text.strip(" ")


def upper(text):
    return None if text is None else "".join(one(c, c.upper()) for c in text)


def lower(text):
    return None if text is None else "".join(one(c, c.lower()) for c in text)


def one(before, after):
    return after if len(after) == 1 else before


def title_case(text):
    if text is None:
        return None
    return " ".join(upper(word[:1]) + lower(word[1:]) for word in trim(text).split(" "))


def blank(text):
    return text is None or trim(text) == ""


def completed_years(born, day):
    if born is None or born > day:
        return None
    birthday_to_come = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - (1 if birthday_to_come else 0)


def date_of(instant):
    return instant.date() if isinstance(instant, datetime.datetime) else instant


def days(first, last):
    return None if first is None or last is None else (last - first).days


DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def below(value, limits, labels):
    for limit, label in zip(limits, labels):
        if value < variable(limit):
            return label
    return labels[len(limits)]


def reached(value, limits, labels):
    for limit, label in zip(limits, labels):
        if value >= variable(limit):
            return label
    return labels[len(limits)]


# ---- who is set aside -------------------------------------------------------------------


def not_positive(value):
    return value is None or value <= 0


ENTITIES = {
    "customers": (
        "registration_date",
        [
            ("missing_name", lambda r: blank(r["name"])),
            ("missing_email", lambda r: blank(r["email"])),
            ("missing_registration_date", lambda r: r["registration_date"] is None),
        ],
    ),
    "products": (
        "created_at",
        [
            ("missing_name", lambda r: blank(r["name"])),
            ("missing_category", lambda r: blank(r["category"])),
            ("invalid_price", lambda r: not_positive(r["price"])),
            ("invalid_cost", lambda r: not_positive(r["cost"])),
        ],
    ),
    "orders": (
        "order_date",
        [
            ("missing_customer_id", lambda r: r["customer_id"] is None),
            ("missing_order_date", lambda r: r["order_date"] is None),
            ("invalid_total_amount", lambda r: not_positive(r["total_amount"])),
        ],
    ),
    "order_items": (
        "created_at",
        [
            ("missing_order_id", lambda r: r["order_id"] is None),
            ("missing_product_id", lambda r: r["product_id"] is None),
            ("invalid_quantity", lambda r: not_positive(r["quantity"])),
            ("invalid_unit_price", lambda r: not_positive(r["unit_price"])),
        ],
    ),
    "reviews": (
        "review_date",
        [
            ("missing_product_id", lambda r: r["product_id"] is None),
            ("missing_customer_id", lambda r: r["customer_id"] is None),
            ("missing_review_date", lambda r: r["review_date"] is None),
            ("invalid_rating", lambda r: r["rating"] is None or not 1 <= r["rating"] <= 5),
        ],
    ),
}


def nulls_last(value):
    return (1, 0) if value is None else (0, value)


def set_aside(entity, rows, as_of):
    """(the rows that stay, the (id, reason) of those that do not)"""
    date_column, further = ENTITIES[entity]
    rejected = []
    by_id = {}
    for row in rows:
        if row["id"] is None:
            rejected.append((None, "missing_id"))
        elif entity != "products" and row[date_column] is not None and date_of(row[date_column]) > as_of:
            rejected.append((row["id"], "after_as_of"))
        else:
            by_id.setdefault(row["id"], []).append(row)
    kept = []
    for row_id, same in by_id.items():
        # Stable sorts from the last key to the first: columns ascending, then the date descending.
        same.sort(key=lambda r: [nulls_last(r[name]) for name, _ in SOURCES[entity]])
        dated = sorted((r for r in same if r[date_column] is not None), key=lambda r: r[date_column], reverse=True)
        same = dated + [r for r in same if r[date_column] is None]
        rejected += [(row_id, "duplicate_id")] * (len(same) - 1)
        first = same[0]
        reason = next((name for name, applies in further if applies(first)), None)
        if reason is None:
            kept.append(first)
        else:
            rejected.append((row_id, reason))
    return kept, rejected


# ---- silver ---------------------------------------------------------------------------------


def silver_customer(r, v, as_of):
    age = completed_years(r["birth_date"], r["registration_date"])
    tenure = days(r["registration_date"], as_of)
    return {
        "id": r["id"],
        "name": title_case(r["name"]),
        "email": lower(trim(r["email"])),
        "registration_date": r["registration_date"],
        "birth_date": r["birth_date"],
        "age_at_registration": age,
        "phone": trim(r["phone"]),
        "city": title_case(r["city"]),
        "country": upper(trim(r["country"])),
        "is_active": r["is_active"],
        "customer_tenure_days": tenure,
        "customer_lifetime_stage": below(tenure, v["tenure_days"], ["New", "Recent", "Regular", "Veteran"]),
        "age_group": "Unknown" if age is None else below(
            age, [18, 25, 35, 45, 55, 65],
            ["Under 18", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"],
        ),
    }


def silver_product(r, v, as_of):
    stock = r["stock"] or 0
    age = days(r["launch_date"], as_of)
    out = {name: trim(r[name]) for name in ("name", "description", "category", "subcategory", "brand", "model")}
    return {
        "id": r["id"],
        **out,
        "price": r["price"],
        "cost": r["cost"],
        "stock": stock,
        "weight_kg": r["weight_kg"],
        "dimensions": r["dimensions"],
        "launch_date": r["launch_date"],
        "is_active": r["is_active"],
        "created_at": r["created_at"],
        "profit_margin_percent": ratio(r["price"] - r["cost"], r["price"], 100),
        "unit_profit": total(r["price"] - r["cost"]),
        "days_since_launch": age,
        "stock_level": "Out of Stock" if stock <= 0 else below(
            stock, v["stock_levels"], ["Critical", "Low", "Normal", "Overstock"]
        ),
        "price_tier": below(r["price"], v["price_tiers"], ["Budget", "Mid-Range", "Premium", "Luxury"]),
        "lifecycle_stage": "Unknown" if age is None else below(
            age, v["lifecycle_days"], ["New Launch", "Current", "Mature", "Legacy"]
        ),
    }


def silver_order(r, v, as_of):
    day = date_of(r["order_date"])
    delivered = r["actual_delivery"]
    if delivered is not None and delivered > as_of:
        delivered = None
    promised = r["estimated_delivery"]
    amounts = {
        name: r[name] if r[name] is not None else Fraction(0)
        for name in ("subtotal", "tax_amount", "shipping_cost", "discount_amount")
    }
    return {
        "id": r["id"],
        "customer_id": r["customer_id"],
        "order_date": r["order_date"],
        "status": lower(trim(r["status"])),
        "payment_method": lower(trim(r["payment_method"])),
        "payment_status": lower(trim(r["payment_status"])),
        **amounts,
        "total_amount": r["total_amount"],
        "estimated_delivery": promised,
        "actual_delivery": delivered,
        "notes": r["notes"],
        "order_date_only": day,
        "order_year": day.year,
        "order_month": day.month,
        "order_quarter": (day.month + 2) // 3,
        "order_day_of_week": day.isoweekday() % 7 + 1,
        "order_day_name": DAY_NAMES[day.weekday()],
        "is_weekend": day.weekday() >= 5,
        "actual_delivery_days": days(day, delivered),
        "is_late": None if delivered is None or promised is None else delivered > promised,
        "has_discount": amounts["discount_amount"] > 0,
        "free_shipping": amounts["shipping_cost"] == 0,
        "qualifies_for_free_shipping": amounts["subtotal"] >= variable(v["free_shipping_threshold"]),
        "order_size": below(r["total_amount"], v["order_sizes"], ["Small", "Medium", "Large", "Enterprise"]),
    }


def silver_order_item(r, v, as_of):
    percent = r["discount_percent"] if r["discount_percent"] is not None else Fraction(0)
    before = r["quantity"] * r["unit_price"]
    line_total = r["line_total"] if r["line_total"] is not None else total(before * (100 - percent) / 100)
    cost = None if r["unit_cost"] is None else total(r["quantity"] * r["unit_cost"])
    profit = None if cost is None else total(line_total - cost)
    return {
        "id": r["id"],
        "order_id": r["order_id"],
        "product_id": r["product_id"],
        "quantity": r["quantity"],
        "unit_price": r["unit_price"],
        "unit_cost": r["unit_cost"],
        "discount_percent": percent,
        "line_total": line_total,
        "created_at": r["created_at"],
        "total_cost": cost,
        "line_profit": profit,
        "line_profit_margin_percent": ratio(profit, line_total, 100),
        "original_line_total": total(before),
        "discount_amount": total(total(before) - line_total),
        "has_discount": percent > 0,
    }


def silver_review(r, v, as_of):
    helpful = r["helpful_votes"] or 0
    votes = r["total_votes"] or 0
    day = date_of(r["review_date"])
    comment = trim(r["comment"])
    return {
        "id": r["id"],
        "product_id": r["product_id"],
        "customer_id": r["customer_id"],
        "order_id": r["order_id"],
        "rating": r["rating"],
        "title": trim(r["title"]),
        "comment": comment,
        "review_date": r["review_date"],
        "is_verified_purchase": r["is_verified_purchase"],
        "helpful_votes": helpful,
        "total_votes": votes,
        "helpfulness_ratio": Fraction(0) if votes == 0 else ratio(helpful, votes, 100),
        "sentiment": "Positive" if r["rating"] >= 4 else "Neutral" if r["rating"] == 3 else "Negative",
        "comment_length": len(comment or ""),
        "review_date_only": day,
        "review_year": day.year,
        "review_month": day.month,
    }


# ---- gold ---------------------------------------------------------------------------------


def group(rows, key):
    groups = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def gold_customers(silver, v, as_of):
    fulfilled = group((o for o in silver["orders"] if o["status"] in v["fulfilled_statuses"]), "customer_id")
    out = []
    for c in silver["customers"]:
        orders = fulfilled.get(c["id"], [])
        count = len(orders)
        revenue = total(add(o["total_amount"] for o in orders))
        row = {
            "customer_id": c["id"],
            **{k: c[k] for k in ("name", "email", "city", "country", "age_group", "customer_lifetime_stage", "is_active")},
            "total_orders": count,
            "total_revenue": revenue,
            "avg_order_value": ratio(revenue, count) if count else Fraction(0),
            "first_order_date": None,
            "last_order_date": None,
            "recency_days": None,
            "frequency": count,
            "monetary": revenue,
            "r_score": None,
            "f_score": None,
            "m_score": None,
            "rfm_score": None,
            "customer_segment": "Prospect",
            "customer_lifetime_value": Fraction(0),
            "customer_lifetime_months": None,
            "purchase_frequency_per_month": None,
        }
        if count:
            first = min(o["order_date"] for o in orders)
            last = max(o["order_date"] for o in orders)
            recency = days(last.date(), as_of)
            age = days(first.date(), as_of)
            r = next((s for s, limit in zip((5, 4, 3, 2), v["rfm_recency_days"]) if recency <= limit), 1)
            f = reached(count, v["rfm_frequency_orders"], (5, 4, 3, 2, 1))
            m = reached(revenue, v["rfm_monetary_value"], (5, 4, 3, 2, 1))
            if min(r, f, m) >= 4:
                segment = "VIP"
            elif min(r, f, m) >= 3:
                segment = "Loyal"
            elif r >= 4 and f == 1:
                segment = "New"
            elif r <= 2 and f >= 2:
                segment = "At Risk"
            elif r <= 2:
                segment = "Lost"
            else:
                segment = "Regular"
            row.update(
                first_order_date=first,
                last_order_date=last,
                recency_days=recency,
                r_score=r,
                f_score=f,
                m_score=m,
                rfm_score=f"{r}{f}{m}",
                customer_segment=segment,
                customer_lifetime_value=total(revenue - variable(v["customer_acquisition_cost"])),
                customer_lifetime_months=ratio(age, 30, scale=1),
                purchase_frequency_per_month=Fraction(0) if age == 0 else ratio(count * 30, age),
            )
        out.append(row)
    return out


def gold_products(silver, v, as_of):
    status = {o["id"]: o["status"] for o in silver["orders"]}
    lines = group(
        (i for i in silver["order_items"] if status.get(i["order_id"]) in v["fulfilled_statuses"]), "product_id"
    )
    reviews = group(silver["reviews"], "product_id")
    out = []
    for p in silver["products"]:
        sold = lines.get(p["id"], [])
        rated = reviews.get(p["id"], [])
        units = whole(sum(i["quantity"] for i in sold), "bigint")
        profit = total(add(i["line_profit"] for i in sold))
        base = add(i["line_total"] for i in sold if i["unit_cost"] is not None)
        margin = Fraction(0) if base == 0 else ratio(profit, base, 100)
        rating = ratio(sum(r["rating"] for r in rated), len(rated)) if rated else Fraction(0)
        health = (
            rating * Fraction("0.6")
            + min(units, 100) * Fraction("0.04")
            + min(max(margin or Fraction(0), 0), 100) * Fraction("0.03")
        )
        out.append({
            "product_id": p["id"],
            "product_name": p["name"],
            "category": p["category"],
            "subcategory": p["subcategory"],
            "brand": p["brand"],
            "current_price": p["price"],
            "current_stock": p["stock"],
            "stock_level": p["stock_level"],
            "price_tier": p["price_tier"],
            "lifecycle_stage": p["lifecycle_stage"],
            "is_active": p["is_active"],
            "total_orders": len({i["order_id"] for i in sold}),
            "total_units_sold": units,
            "total_revenue": total(add(i["line_total"] for i in sold)),
            "total_cost": total(add(i["total_cost"] for i in sold)),
            "total_profit": profit,
            "actual_avg_margin": margin,
            "sales_performance": reached(
                units, v["sales_performance_units"], ["Best Seller", "Good", "Moderate", "Poor"]
            ),
            "total_reviews": len(rated),
            "positive_reviews": sum(1 for r in rated if r["rating"] >= 4),
            "avg_rating": rating,
            "product_health_score": total(health, 1, 4),
        })
    return out


def gold_sales(silver, v, as_of):
    sales = [o for o in silver["orders"] if o["status"] in v["sales_statuses"]]
    if not sales:
        return []
    first = min(o["order_date_only"] for o in sales)
    if v["start_date"] is not None:
        first = max(first, datetime.date.fromisoformat(str(v["start_date"])))
    sales = [o for o in sales if o["order_date_only"] >= first]
    by_day = group(sales, "order_date_only")
    by_month = {}
    for o in sales:
        by_month.setdefault(o["order_date_only"].replace(day=1), []).append(o)
    out = []
    day = first
    while day <= as_of:
        month = day.replace(day=1)
        before = (month - datetime.timedelta(days=1)).replace(day=1)
        next_month = (month + datetime.timedelta(days=31)).replace(day=1)
        today = by_day.get(day, [])
        these = by_month.get(month, [])
        revenue = total(add(o["total_amount"] for o in these))
        day_revenue = total(add(o["total_amount"] for o in today))
        previous = None
        if before >= first.replace(day=1):
            previous = total(add(o["total_amount"] for o in by_month.get(before, [])))
        out.append({
            "sale_date": day,
            "daily_orders": len(today),
            "daily_customers": len({o["customer_id"] for o in today}),
            "daily_revenue": day_revenue,
            "daily_aov": ratio(day_revenue, len(today)) if today else Fraction(0),
            "order_day_name": DAY_NAMES[day.weekday()],
            "is_weekend": day.weekday() >= 5,
            "month_start": month,
            "year": day.year,
            "month": day.month,
            "monthly_orders": len(these),
            "monthly_customers": len({o["customer_id"] for o in these}),
            "monthly_revenue": revenue,
            "monthly_aov": ratio(revenue, len(these)) if these else Fraction(0),
            "prev_month_revenue": previous,
            "mom_revenue_growth_percent": None if previous is None else ratio(revenue - previous, previous, 100),
            "is_complete_month": as_of >= next_month - datetime.timedelta(days=1),
        })
        day += datetime.timedelta(days=1)
    return out


def gold_operations(silver, v, as_of):
    out = []
    for period in v["operational_periods"]:
        first = as_of - datetime.timedelta(days=period - 1)
        orders = [o for o in silver["orders"] if first <= o["order_date_only"] <= as_of]
        cancelled = sum(1 for o in orders if o["status"] in v["cancelled_statuses"])
        delivered = [o for o in orders if o["actual_delivery"] is not None]
        both = [o for o in delivered if o["estimated_delivery"] is not None]
        out.append({
            "report_date": as_of,
            "period": f"Last {period} Days",
            "period_days": period,
            "total_orders": len(orders),
            "cancelled_orders": cancelled,
            "cancellation_rate": ratio(cancelled, len(orders), 100) if orders else Fraction(0),
            "avg_delivery_days": ratio(sum(o["actual_delivery_days"] for o in delivered), len(delivered)),
            "on_time_delivery_rate": ratio(sum(1 for o in both if not o["is_late"]), len(both), 100),
            "total_revenue": total(add(o["total_amount"] for o in orders if o["status"] in v["sales_statuses"])),
            "gross_order_value": total(add(o["total_amount"] for o in orders)),
        })
    return out


# ---- all tables -----------------------------------------------------------------------------


TYPES = {
    "silver_customers": "bigint text text date date int text text text boolean int text text",
    "silver_products": "bigint text text text text text text decimal(18,2) decimal(18,2) bigint decimal(10,3) text "
    "date boolean timestamp decimal(18,2) decimal(18,2) int text text text",
    "silver_orders": "bigint bigint timestamp text text text decimal(18,2) decimal(18,2) decimal(18,2) decimal(18,2) "
    "decimal(18,2) date date text date int int int int text boolean int boolean boolean boolean boolean text",
    "silver_order_items": "bigint bigint bigint bigint decimal(18,2) decimal(18,2) decimal(5,2) decimal(18,2) timestamp "
    "decimal(18,2) decimal(18,2) decimal(18,2) decimal(18,2) decimal(18,2) boolean",
    "silver_reviews": "bigint bigint bigint bigint int text text timestamp boolean bigint bigint decimal(18,2) text int "
    "date int int",
    "gold_customer_analytics": "bigint text text text text text text boolean bigint decimal(18,2) decimal(18,2) timestamp "
    "timestamp int bigint decimal(18,2) int int int text text decimal(18,2) decimal(18,1) decimal(18,2)",
    "gold_product_performance": "bigint text text text text decimal(18,2) bigint text text text boolean bigint bigint "
    "decimal(18,2) decimal(18,2) decimal(18,2) decimal(18,2) text bigint bigint decimal(18,2) decimal(4,1)",
    "gold_sales_metrics": "date bigint bigint decimal(18,2) decimal(18,2) text boolean date int int bigint bigint "
    "decimal(18,2) decimal(18,2) decimal(18,2) decimal(18,2) boolean",
    "gold_operational_metrics": "date text int bigint bigint decimal(18,2) decimal(18,2) decimal(18,2) decimal(18,2) "
    "decimal(18,2)",
}

SILVER = {
    "customers": silver_customer,
    "products": silver_product,
    "orders": silver_order,
    "order_items": silver_order_item,
    "reviews": silver_review,
}
GOLD = {
    "gold_customer_analytics": gold_customers,
    "gold_product_performance": gold_products,
    "gold_sales_metrics": gold_sales,
    "gold_operational_metrics": gold_operations,
}


def compute(sources, v, as_of):
    """{table: (columns as (name, type), rows as dicts)}"""
    tables = {}
    for table, columns in SOURCES.items():
        tables[f"bronze_{table}"] = (
            columns + [("_source_table", "text")],
            [{**row, "_source_table": f"techstore.{table}"} for row in sources[table]],
        )
    silver = {}
    rejected = []
    for entity, clean in SILVER.items():
        kept, left_out = set_aside(entity, sources[entity], as_of)
        silver[entity] = [clean(row, v, as_of) for row in kept]
        tables[f"silver_{entity}"] = silver[entity]
        rejected += [{"source_table": f"techstore.{entity}", "id": i, "reason": r} for i, r in left_out]
    for table, figures in GOLD.items():
        tables[table] = figures(silver, v, as_of)
    for table, types in TYPES.items():
        rows = tables[table]
        tables[table] = (list(zip(COLUMNS[table], types.split(), strict=True)), rows)
        if rows and list(rows[0]) != COLUMNS[table]:
            raise AssertionError(f"{table}: {list(rows[0])}")
    tables["silver_rejected_rows"] = (
        [("source_table", "text"), ("id", "bigint"), ("reason", "text")],
        rejected,
    )
    return tables


COLUMNS = {
    "silver_customers": "id name email registration_date birth_date age_at_registration phone city country is_active "
    "customer_tenure_days customer_lifetime_stage age_group",
    "silver_products": "id name description category subcategory brand model price cost stock weight_kg dimensions "
    "launch_date is_active created_at profit_margin_percent unit_profit days_since_launch stock_level price_tier "
    "lifecycle_stage",
    "silver_orders": "id customer_id order_date status payment_method payment_status subtotal tax_amount shipping_cost "
    "discount_amount total_amount estimated_delivery actual_delivery notes order_date_only order_year order_month "
    "order_quarter order_day_of_week order_day_name is_weekend actual_delivery_days is_late has_discount free_shipping "
    "qualifies_for_free_shipping order_size",
    "silver_order_items": "id order_id product_id quantity unit_price unit_cost discount_percent line_total created_at "
    "total_cost line_profit line_profit_margin_percent original_line_total discount_amount has_discount",
    "silver_reviews": "id product_id customer_id order_id rating title comment review_date is_verified_purchase "
    "helpful_votes total_votes helpfulness_ratio sentiment comment_length review_date_only review_year review_month",
    "gold_customer_analytics": "customer_id name email city country age_group customer_lifetime_stage is_active "
    "total_orders total_revenue avg_order_value first_order_date last_order_date recency_days frequency monetary r_score "
    "f_score m_score rfm_score customer_segment customer_lifetime_value customer_lifetime_months "
    "purchase_frequency_per_month",
    "gold_product_performance": "product_id product_name category subcategory brand current_price current_stock "
    "stock_level price_tier lifecycle_stage is_active total_orders total_units_sold total_revenue total_cost total_profit "
    "actual_avg_margin sales_performance total_reviews positive_reviews avg_rating product_health_score",
    "gold_sales_metrics": "sale_date daily_orders daily_customers daily_revenue daily_aov order_day_name is_weekend "
    "month_start year month monthly_orders monthly_customers monthly_revenue monthly_aov prev_month_revenue "
    "mom_revenue_growth_percent is_complete_month",
    "gold_operational_metrics": "report_date period period_days total_orders cancelled_orders cancellation_rate "
    "avg_delivery_days on_time_delivery_rate total_revenue gross_order_value",
}
COLUMNS = {table: names.split() for table, names in COLUMNS.items()}

# ---- text of values ---------------------------------------------------------------------------


def write_value(value, kind):
    """A value as text, the same for equal values: what compare.py makes of the database's values too."""
    if value is None:
        return None
    if kind == "text":
        return value
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "date":
        return value.isoformat()
    if kind == "timestamp":
        return value.isoformat(sep=" ", timespec="microseconds")
    if kind in INTEGER:
        return str(int(value))
    scale = int(re.findall(r"\d+", kind)[1])
    unscaled = Fraction(value) * 10**scale
    if unscaled.denominator != 1:
        raise AssertionError(f"{value} has more places than {kind}")
    digits = str(abs(unscaled.numerator)).rjust(scale + 1, "0")
    return ("-" if unscaled < 0 else "") + digits[:-scale] + "." + digits[-scale:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources")
    parser.add_argument("out")
    parser.add_argument("--as-of", help="a date; without it the variable seed_as_of")
    parser.add_argument("--var", action="append", default=[], metavar="NAME=JSON")
    options = parser.parse_args()
    v = dict(DEFAULTS)
    for assignment in options.var:
        name, _, text = assignment.partition("=")
        v[name] = json.loads(text)
    as_of = datetime.date.fromisoformat(options.as_of or v["seed_as_of"])
    tables = compute(read_sources(options.sources), v, as_of)
    os.makedirs(options.out, exist_ok=True)
    for table, (columns, rows) in tables.items():
        content = {
            "table": table,
            "columns": columns,
            "rows": [[write_value(row[name], kind) for name, kind in columns] for row in rows],
        }
        with open(os.path.join(options.out, f"{table}.json"), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
    print(f"{len(tables)} tables as of {as_of} in {options.out}")


if __name__ == "__main__":
    try:
        main()
    except (ValueError, DoesNotFit) as error:
        sys.exit(f"oracle: {error}")
