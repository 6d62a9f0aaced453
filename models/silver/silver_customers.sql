with checked as (
    {{ rows_with_reason(ref('bronze_customers'), 'customers') }}
),

cleaned as (
    select
        id,
        {{ title_case('name') }} as name,
        {{ lower_trim('email') }} as email,
        registration_date,
        birth_date,
        -- A birth after the registration is a typing error: better no age than a negative one.
        case
            when birth_date <= registration_date
                then {{ completed_years('birth_date', 'registration_date') }}
        end as age_at_registration,
        {{ trim_spaces('phone') }} as phone,
        {{ title_case('city') }} as city,
        {{ upper_trim('country') }} as country,
        is_active,
        {{ days_between('registration_date', as_of_date()) }} as customer_tenure_days,
        _ingested_at
    from checked
    where reject_reason is null
)

select
    id,
    name,
    email,
    registration_date,
    birth_date,
    age_at_registration,
    phone,
    city,
    country,
    is_active,
    customer_tenure_days,
    {{ band_below('customer_tenure_days', 'tenure_days', ['New', 'Recent', 'Regular', 'Veteran']) }}
        as customer_lifetime_stage,
    {{ band_below(
        'age_at_registration',
        [18, 25, 35, 45, 55, 65],
        ['Under 18', '18-24', '25-34', '35-44', '45-54', '55-64', '65+'],
        if_null='Unknown'
    ) }} as age_group,
    _ingested_at,
    {{ run_instant() }} as _processed_at
from cleaned
