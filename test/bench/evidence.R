# The same answers from R reading the same tables over the wire (base R, and plm, clubSandwich, spdep, spatialreg where Debian's packages of them are
# installed), as rows of the benchmark. Run by test/bench.sh where r-cran-rpostgresql is installed.
suppressMessages(library(RPostgreSQL))
scale <- as.numeric(commandArgs(TRUE)[1])
connection <- dbConnect(PostgreSQL(), host = Sys.getenv("PGHOST"), port = Sys.getenv("PGPORT", "5432"), user = Sys.getenv("PGUSER"), dbname = Sys.getenv("PGDATABASE"))
run <- function(query) invisible(dbGetQuery(connection, query))
one <- function(query) run(query)[1, 1]
table_of <- function(name) run(paste("SELECT * FROM", name))

side <- max(20, round(100 * sqrt(scale)))
towns <- max(20, round(2000 * scale))
ports <- max(12, round(60 * sqrt(scale)))
run("SET client_min_messages = warning")
run(sprintf("CREATE UNLOGGED TABLE r_panel AS SELECT 'u' || u AS u, t, cos(u * t * 0.7) + u %% 5 AS x, 2 * cos(u * t * 0.7) + u %% 7 + t * 0.3 + sin(u * 1.3 + t * 2.9) AS y
    FROM generate_series(1, %d) u, generate_series(1, 20) t", towns))
run(sprintf("CREATE UNLOGGED TABLE r_flow AS SELECT 'o' || o AS o, 'd' || d AS d, ln(1 + abs(o - d))::float8 AS ln_km, floor(300 * exp(0.1 * (o %% 5) - 0.1 * (d %% 7)) / (1 + abs(o - d)) * (1 + (o * d) %% 3 * 0.3)) AS n
    FROM generate_series(1, %1$d) o, generate_series(1, %1$d) d", ports))
run(sprintf("CREATE UNLOGGED TABLE r_cell AS SELECT r * %1$d + c + 1 AS id, r, c, cos(r * c * 0.37) + sin(r * 0.9) AS x, 3 + 2 * (cos(r * c * 0.37) + sin(r * 0.9)) + sin(r * 0.2) * cos(c * 0.15) + 0.5 * sin((r * %1$d + c) * 12.9898) AS y
    FROM generate_series(0, %1$d - 1) r, generate_series(0, %1$d - 1) c", side))
run("CREATE UNLOGGED TABLE r_pair AS SELECT a.id AS i, b.id AS j, a.y AS y_i, ARRAY[1, a.x] AS x_i, b.y AS y_j, ARRAY[1, b.x] AS x_j, 1.0 / count(*) OVER (PARTITION BY a.id) AS w
    FROM r_cell a JOIN r_cell b ON abs(a.r - b.r) + abs(a.c - b.c) = 1")
run("VACUUM ANALYZE r_panel")
weights <- function() {
    pair <- run("SELECT i, j FROM r_pair ORDER BY i, j")
    neighbours <- split(as.integer(pair$j), pair$i)
    class(neighbours) <- "nb"
    attr(neighbours, "region.id") <- as.character(seq_along(neighbours))
    spdep::nb2listw(neighbours)
}
cells <- function() run("SELECT * FROM r_cell ORDER BY id")
dummies <- function(...) suppressWarnings(glm(..., family = quasipoisson(), control = list(epsilon = 1e-12)))

rows <- list(
    list("ols_robust hc3, 40,000 rows", "base R over the wire", NULL, "SELECT (terrbal.ols_robust(y, ARRAY[1, x], 'hc3')).standard_errors[2] FROM r_panel", function() {
        d <- table_of("r_panel")
        x <- cbind(1, d$x)
        f <- lm.fit(x, d$y)
        bread <- chol2inv(f$qr$qr[1:2, 1:2])
        e <- f$residuals / (1 - rowSums((x %*% bread) * x))
        sqrt((bread %*% crossprod(x * e) %*% bread)[2, 2])
    }),
    list("ols_fixed_effects, two sets, 40,000 rows", "plm over the wire", "plm", "SELECT (terrbal.ols_fixed_effects(y, ARRAY[x], u, t::text)).coefficients[1] FROM r_panel", function()
        coef(plm::plm(y ~ x, data = table_of("r_panel"), index = c("u", "t"), effect = "twoways"))[[1]]),
    list("ols_cr2, 2,000 clusters", "clubSandwich over the wire", "clubSandwich", "SELECT (terrbal.ols_cr2(y, ARRAY[1, x], u)).standard_errors[2] FROM r_panel", function() {
        d <- table_of("r_panel")
        sqrt(clubSandwich::vcovCR(lm(y ~ x, d), cluster = d$u, type = "CR2")[2, 2])
    }),
    list("poisson_fixed_effects, 60 by 60", "glm with dummies over the wire", NULL, "SELECT (terrbal.poisson_fixed_effects(n, ARRAY[ln_km], o, d)).coefficients[1] FROM r_flow", function()
        coef(dummies(n ~ ln_km + o + d, data = table_of("r_flow")))[["ln_km"]]),
    list("spatial_tests, 10,000 cells", "spdep over the wire", "spdep", "SELECT (terrbal.spatial_tests(i, j, y_i, x_i, y_j, x_j, w)).robust_lag FROM r_pair", function()
        spdep::lm.LMtests(lm(y ~ x, cells()), weights(), test = "RLMlag")$RLMlag$statistic[[1]]),
    list("spatial_lag, 10,000 cells", "spatialreg over the wire", "spatialreg", "SELECT (terrbal.spatial_lag(i, j, y_i, x_i, y_j, x_j, w)).coefficients[1] FROM r_pair", function()
        coef(spatialreg::stsls(y ~ x, cells(), weights(), W2X = TRUE))[["Rho"]]),
    list("spatial_error, 10,000 cells", "spatialreg over the wire", "spatialreg", "SELECT (terrbal.spatial_error(i, j, y_i, x_i, y_j, x_j, w)).coefficients[1] FROM r_pair", function()
        suppressWarnings(spatialreg::GMerrorsar(y ~ x, cells(), weights(), control = list(reltol = 1e-14)))$lambda[[1]], 1e-4)
)
timed <- function(what) {
    seconds <- sapply(1:3, function(k) system.time(answer <<- what())[["elapsed"]])
    list(answer, 1000 * median(seconds))
}
for (row in rows) {
    if (!is.null(row[[3]]) && !requireNamespace(row[[3]], quietly = TRUE)) {
        message(sprintf("== %s skipped: r-cran-%s is not installed", row[[1]], tolower(row[[3]])))
        next
    }
    one(row[[4]])
    ours <- timed(function() one(row[[4]]))
    theirs <- timed(function() suppressMessages(row[[5]]()))
    tolerance <- if (length(row) > 5) row[[6]] else 1e-7
    if (!isTRUE(abs(ours[[1]] - theirs[[1]]) <= tolerance * abs(theirs[[1]]))) stop(sprintf("%s: %.17g here, %.17g there", row[[1]], ours[[1]], theirs[[1]]))
    run(sprintf("INSERT INTO bench.result (stem, what, against, ours_ms, theirs_ms, scale) VALUES ('evidence', '%s', '%s', %f, %f, %s)", row[[1]], row[[2]], ours[[2]], theirs[[2]], commandArgs(TRUE)[1]))
}
invisible(dbDisconnect(connection))
