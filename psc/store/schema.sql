-- The harm store. Written once by a build, then only read.

CREATE TABLE release (
    version       VARCHAR NOT NULL,     -- content hash of the data and of the code that built this file
    built_at      TIMESTAMP NOT NULL,
    observations  INTEGER NOT NULL      -- rows with a figure
);

CREATE TABLE area (
    id                  VARCHAR PRIMARY KEY,
    name                VARCHAR NOT NULL,
    short_name          VARCHAR NOT NULL,
    psc_name            VARCHAR NOT NULL,
    hin_name            VARCHAR NOT NULL,
    website             VARCHAR,
    places              VARCHAR,
    population          INTEGER NOT NULL,
    population_65_plus  INTEGER NOT NULL,
    area_km2            DOUBLE NOT NULL,
    label_lon           DOUBLE NOT NULL,
    label_lat           DOUBLE NOT NULL,
    tile_col            INTEGER NOT NULL,
    tile_row            INTEGER NOT NULL,
    north_to_south      INTEGER NOT NULL,
    straddles           VARCHAR,
    unverified          VARCHAR NOT NULL  -- which of these fields no source confirmed, separated by "; "
);

CREATE TABLE area_name (
    area_id     VARCHAR NOT NULL REFERENCES area (id),
    name        VARCHAR NOT NULL,
    valid_from  VARCHAR,
    valid_to    VARCHAR,
    kind        VARCHAR NOT NULL,
    verified    BOOLEAN NOT NULL
);

CREATE TABLE organisation (
    ods_code  VARCHAR PRIMARY KEY,
    name      VARCHAR NOT NULL,
    area_id   VARCHAR NOT NULL REFERENCES area (id),
    basis     VARCHAR NOT NULL
);

CREATE TABLE metric (
    id              VARCHAR PRIMARY KEY,
    position        INTEGER NOT NULL,   -- the order pages show metrics in
    title           VARCHAR NOT NULL,
    harm_area       VARCHAR NOT NULL,
    harm_group      VARCHAR NOT NULL,
    kind            VARCHAR NOT NULL,
    unit            VARCHAR NOT NULL,
    decimals        INTEGER NOT NULL,
    multiplier      DOUBLE NOT NULL,
    direction       VARCHAR NOT NULL,   -- lower, higher or neutral: which way is better
    grain           VARCHAR NOT NULL,
    chart           VARCHAR NOT NULL,   -- xmr, run or line
    publisher       VARCHAR NOT NULL,
    has_series      BOOLEAN NOT NULL
);

CREATE TABLE series_break (
    metric_id  VARCHAR NOT NULL REFERENCES metric (id),
    date       DATE NOT NULL,
    reason     VARCHAR NOT NULL,
    PRIMARY KEY (metric_id, date)
);

CREATE TABLE observation (
    metric_id     VARCHAR NOT NULL REFERENCES metric (id),
    area_id       VARCHAR NOT NULL,     -- an area, or england
    period_start  DATE NOT NULL,
    period_end    DATE NOT NULL,
    numerator     DOUBLE,
    denominator   DOUBLE,
    value         DOUBLE,
    lower         DOUBLE,               -- 95% confidence interval, where the counts allow one
    upper         DOUBLE,
    note          VARCHAR,
    PRIMARY KEY (metric_id, area_id, period_start)
);

CREATE TABLE spc_point (
    metric_id      VARCHAR NOT NULL REFERENCES metric (id),
    area_id        VARCHAR NOT NULL,
    period_start   DATE NOT NULL,
    segment        INTEGER NOT NULL,    -- 0 up to the first series break, then 1, ...
    centre         DOUBLE,              -- the mean on an XmR chart, the median on a run chart
    lower_limit    DOUBLE,
    upper_limit    DOUBLE,
    point_type     VARCHAR NOT NULL,    -- common_cause, special_cause_improvement, _concern, _neutral_high, _neutral_low; unjudged
    rules          VARCHAR NOT NULL,    -- every rule that fired, strongest first: outside; trend; two_in_three; shift
    PRIMARY KEY (metric_id, area_id, period_start)
);

CREATE TABLE signal (
    metric_id      VARCHAR NOT NULL REFERENCES metric (id),
    area_id        VARCHAR NOT NULL,
    chart          VARCHAR NOT NULL,    -- xmr, run or line: what this series is drawn and judged as
    state          VARCHAR NOT NULL,    -- improving, concern, higher, lower, steady, unjudged
    side           VARCHAR NOT NULL,    -- high or low: where the latest point lies, or which way it moves in a trend; else ''
    assurance      VARCHAR NOT NULL,    -- pass, fail or inconsistent against the definition's target; '' without one
    rule           VARCHAR NOT NULL,    -- the rule of highest priority on the latest point
    points         INTEGER NOT NULL,    -- real points in the last segment
    missing        INTEGER NOT NULL,    -- periods of the measure without a figure in this area
    non_random     BOOLEAN,             -- run charts: an unusually long run or unusually few crossings
    no_limits      VARCHAR NOT NULL,    -- small_counts, few_exceptions: too few events, or cases without one, a period;
                                        -- no_width: nearly all figures are the same; no_steps: no neighbours; '' otherwise
    period_start   DATE NOT NULL,       -- the latest real point
    period_end     DATE NOT NULL,
    value          DOUBLE NOT NULL,
    centre         DOUBLE,
    first_period   DATE NOT NULL,       -- the first real point of the last segment
    limits_points  INTEGER NOT NULL,    -- how many real points limits or middle value rest on: of the last two years,
                                        -- where the measure's default is that, else all of the last segment
    limits_from    DATE NOT NULL,       -- the first of them
    odd            VARCHAR NOT NULL,    -- high or low: the latest month is odd for its time of year; else ''
    expected       DOUBLE,              -- what was to be expected of that month, from its season and the months before
    expected_lower DOUBLE,              -- ... and the limits of that: missing where it cannot be judged
    expected_upper DOUBLE,
    PRIMARY KEY (metric_id, area_id)
);

CREATE TABLE verdict (                  -- lower or higher than before; docs/methods.md, Verdicts
    metric_id       VARCHAR NOT NULL REFERENCES metric (id),
    area_id         VARCHAR NOT NULL,   -- an area, or england
    method          VARCHAR NOT NULL,   -- monthly, rare or yearly: how it was judged; '' where it was not
    direction       VARCHAR NOT NULL,   -- lower, higher, none or not_judged
    certain         BOOLEAN NOT NULL,   -- chance alone would rarely give this direction
    state           VARCHAR NOT NULL,   -- improving or concern where certain (higher, lower on a neutral measure);
                                        -- unclear: a direction that is not certain; steady: none; unjudged
    change          DOUBLE,             -- against the year before, of yearly counts against the years before; a share
    lower           DOUBLE,             -- its 99% interval
    upper           DOUBLE,
    change_on_year  DOUBLE,             -- yearly counts: against the year before
    pairs           INTEGER NOT NULL,   -- months with a figure in both years
    agreeing        INTEGER NOT NULL,   -- how many of them went the way of the change
    years           INTEGER NOT NULL,   -- yearly counts: how many earlier years the latest is set against
    against_england VARCHAR NOT NULL,   -- lower, higher or alike: the change beside England's; '' where not compared
    against_change  DOUBLE,             -- by what share the area moved away from England's change
    against_lower   DOUBLE,
    against_upper   DOUBLE,
    flags           VARCHAR NOT NULL,   -- complement: judged on the share without; gaps: under 12 pairs;
                                        -- pandemic_higher, _lower, _none: the direction without 2020/21 and 2021/22,
                                        -- where it is another; denominator_step: see that table; separated by "; "
    reason          VARCHAR NOT NULL,   -- why it is not judged, or none: overlapping, no_counts, quarterly,
                                        -- too_few_months, too_few_years, too_few_to_say, denominator_step; '' otherwise
    period_start    DATE NOT NULL,      -- the latest real point
    period_end      DATE NOT NULL,
    value           DOUBLE NOT NULL,
    PRIMARY KEY (metric_id, area_id)
);

CREATE TABLE people (                   -- at England's rate; only measures that count people and have a better side
    metric_id   VARCHAR NOT NULL REFERENCES metric (id),
    area_id     VARCHAR NOT NULL REFERENCES area (id),
    difference  DOUBLE NOT NULL,        -- how many more there would be in the latest year: fewer where negative
    lower       DOUBLE NOT NULL,        -- its 99% interval
    upper       DOUBLE NOT NULL,
    clear       BOOLEAN NOT NULL,       -- the interval leaves out none
    months      INTEGER NOT NULL,       -- how many months of that year have figures
    period_end  DATE NOT NULL,          -- its last day
    PRIMARY KEY (metric_id, area_id)
);

CREATE TABLE denominator_step (         -- steps in the denominators of single contributors, such as trusts
    metric_id         VARCHAR NOT NULL REFERENCES metric (id),
    area_id           VARCHAR NOT NULL REFERENCES area (id),
    contributor       VARCHAR NOT NULL, -- its ODS code
    contributor_name  VARCHAR NOT NULL,
    first_period      DATE NOT NULL,    -- the first period of the step
    ratio             DOUBLE NOT NULL,  -- its median denominator in the step to that of the 12 months before
    share             DOUBLE NOT NULL,  -- its part of the area's denominator
    direction_without VARCHAR NOT NULL, -- the area's verdict without it
    certain_without   BOOLEAN NOT NULL,
    change_without    DOUBLE,
    value_without     DOUBLE,           -- the area's latest figure without it
    PRIMARY KEY (metric_id, area_id, contributor, first_period)
);

CREATE TABLE step_contributor (         -- the parts of those contributors in their area's figures
    metric_id     VARCHAR NOT NULL REFERENCES metric (id),
    area_id       VARCHAR NOT NULL REFERENCES area (id),
    contributor   VARCHAR NOT NULL,
    period_start  DATE NOT NULL,
    numerator     DOUBLE NOT NULL,
    denominator   DOUBLE NOT NULL,
    PRIMARY KEY (metric_id, area_id, contributor, period_start)
);

CREATE TABLE chance (                   -- how far verdicts can be trusted, from simulated worlds without change
    metric_id       VARCHAR PRIMARY KEY REFERENCES metric (id),
    gives_verdict   BOOLEAN NOT NULL,   -- false: too often by chance, so that no direction is called certain
    widening        DOUBLE NOT NULL,    -- by how much the intervals of monthly changes were stretched to cover 99%
    widening_against_england DOUBLE NOT NULL,
    chance          DOUBLE NOT NULL,    -- share of areas with a certain verdict though nothing changes
    one_in          INTEGER NOT NULL,   -- the same as one area in so many
    none_at_once    DOUBLE NOT NULL,    -- share of worlds in which no area has one
    all_at_once     DOUBLE NOT NULL,    -- share of worlds in which every area has one: areas move together
    expected        DOUBLE NOT NULL,    -- how many of the areas have one on average
    finds_fall      DOUBLE NOT NULL     -- share of areas called certainly lower where all fall by 10% a year
);

CREATE TABLE comparison (               -- in which period the areas are compared; no row where there are no figures
    metric_id       VARCHAR PRIMARY KEY REFERENCES metric (id),
    period_start    DATE NOT NULL,      -- the last period in which at least half of the areas with figures have one
    period_end      DATE NOT NULL,
    newest_start    DATE NOT NULL,      -- the newest period there is a row for, with figures or without
    newest_end      DATE NOT NULL,
    newest_areas    INTEGER NOT NULL    -- how many areas have a figure in it
);

CREATE TABLE funnel (                   -- of the period in which the areas are compared
    metric_id      VARCHAR PRIMARY KEY REFERENCES metric (id),
    centre         DOUBLE NOT NULL,     -- the overall figure of the areas, in the measure's unit
    phi            DOUBLE NOT NULL,     -- mean of z²: about 1 when areas differ by chance alone
    tau2           DOUBLE NOT NULL,     -- variance between areas on the method's scale
    overdispersed  BOOLEAN NOT NULL,    -- areas differ by more than chance, and the limits allow for it
    areas          INTEGER NOT NULL
);

CREATE TABLE funnel_area (
    metric_id      VARCHAR NOT NULL REFERENCES metric (id),
    area_id        VARCHAR NOT NULL REFERENCES area (id),
    side           VARCHAR NOT NULL,    -- high or low: beyond the 99.8% limits; '' between them
    beyond_chance  BOOLEAN NOT NULL,    -- beyond the 99.8% limits of chance alone, never widened
    lower          DOUBLE,
    upper          DOUBLE,
    PRIMARY KEY (metric_id, area_id)
);

CREATE TABLE funnel_curve (
    metric_id    VARCHAR NOT NULL REFERENCES metric (id),
    denominator  DOUBLE NOT NULL,
    lower95      DOUBLE,
    upper95      DOUBLE,
    lower998     DOUBLE,
    upper998     DOUBLE,
    PRIMARY KEY (metric_id, denominator)
);

CREATE TABLE gap (
    metric_id    VARCHAR NOT NULL REFERENCES metric (id),
    area_id      VARCHAR NOT NULL REFERENCES area (id),
    event_date   DATE NOT NULL,         -- laid evenly in its month, since the day is not published
    "between"    DOUBLE NOT NULL,       -- opportunities without an event since the event before
    centre       DOUBLE NOT NULL,
    upper_limit  DOUBLE NOT NULL,
    point_type   VARCHAR NOT NULL,
    rules        VARCHAR NOT NULL
);

CREATE TABLE document (
    name  VARCHAR PRIMARY KEY,          -- a field of psc.store.stored_documents.Documents
    body  VARCHAR NOT NULL              -- JSON
);
