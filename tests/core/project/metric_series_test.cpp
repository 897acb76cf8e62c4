// Curves as charts read them: condensed levels, increments, resumed runs; always compared with the points themselves.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/core/project/project_fixture.h"

namespace lamina {
namespace {

const double missing = std::nan(""), infinity = std::numeric_limits<double>::infinity();

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

class MetricSeriesTest : public ProjectTest {
protected:
    void SetUp() override {
        project = create();
        run = addRun(*project).id;
    }

    /// Steps from … to-1 of a new attempt, in batches of changing size; a validation row after every hundredth.
    void train(std::int64_t from, std::int64_t to, std::size_t batchRows = 37) {
        const auto attempt = *project->runs().startAttempt(run, "cpu");
        std::vector<MetricRow> batch;
        std::int64_t sequence = from * 2;  // as from a checkpoint
        const auto add = [&](std::int64_t step, const char* split, const char* name, double value) {
            batch.push_back({run, attempt.number, sequence++, step / 100, step, split, name, value, 1000});
        };
        for (std::int64_t step = from; step < to; ++step) {
            add(step, "training", "loss", valueAt(step));
            if (step % 100 == 99) add(step, "validation", "loss", -valueAt(step));
            if (batch.size() < batchRows + static_cast<std::size_t>(step % 5)) continue;
            ASSERT_TRUE(project->metrics().append(std::exchange(batch, {})).get());
        }
        ASSERT_TRUE(project->metrics().append(std::move(batch)).get());
        ASSERT_TRUE(project->runs().endAttempt(attempt, "stopped", RunStatus::Stopped).get());
    }

    static double valueAt(std::int64_t step) {
        if (step % 997 == 5) return missing;
        if (step % 1201 == 7) return step % 2 ? infinity : -infinity;
        return std::sin(static_cast<double>(step * step % 1009));
    }

    MetricSeries series(std::int64_t most, std::int64_t from = 0, std::int64_t to = std::numeric_limits<std::int64_t>::max(), const char* split = "training") {
        auto found = project->metrics().series(run, "loss", split, from, to, most);
        if (!found) ADD_FAILURE() << found.error().debugText();
        return found ? *found : MetricSeries{};
    }

    /// Every step from … to-1 lies in one point, whose numbers are those of all its steps.
    void expectCovers(const MetricSeries& found, std::int64_t from, std::int64_t to) {
        std::int64_t next = from;
        for (const SeriesPoint& point : found.points) {
            ASSERT_EQ(point.stepFrom, next);
            double minimum = missing, maximum = missing, sum = 0;
            int numbers = 0;
            for (; next <= point.stepTo; ++next) {
                minimum = std::fmin(minimum, valueAt(next));
                maximum = std::fmax(maximum, valueAt(next));
                if (std::isfinite(valueAt(next))) sum += valueAt(next), ++numbers;
            }
            EXPECT_EQ(point.points, point.stepTo - point.stepFrom + 1);
            EXPECT_TRUE(same(point.minimum, minimum) && same(point.maximum, maximum)) << point.stepFrom << ": " << point.minimum << " " << point.maximum;
            if (numbers > 0) EXPECT_NEAR(point.mean, sum / numbers, 1e-9);
            else EXPECT_TRUE(std::isnan(point.mean));
        }
        EXPECT_EQ(next, to);
    }

    /// Issues of verify that concern levels.
    std::vector<std::string> problems() {
        std::vector<std::string> codes;
        const auto issues = *project->verify(VerifyLevel::Quick);
        for (const Issue& issue : issues) codes.push_back(issue.what.code);
        return codes;
    }
    void damage(const std::string& sql) {
        ASSERT_TRUE(project->store().write(Store::Durability::Full, [&](SQLite::Database& database) -> Result<void> {
            database.exec(sql);
            return {};
        }).get());
    }

    std::unique_ptr<Project> project;
    std::string run;
};

TEST_F(MetricSeriesTest, EveryLevelIsWhatAllItsPointsSay) {
    train(0, 9001, 1);
    int coarsest = 0;
    for (const std::int64_t most : {20000, 9001, 3000, 700, 100, 70, 2}) {
        const auto found = series(most);
        EXPECT_LE(static_cast<std::int64_t>(found.points.size()), most);
        EXPECT_EQ(found.level == 0, most >= 9001) << most;
        EXPECT_GE(static_cast<std::int64_t>(found.points.size()), std::min<std::int64_t>(most, 9001) / 8) << "coarser than need be";
        expectCovers(found, 0, 9001);
        if (most == 2) coarsest = found.level;
    }
    EXPECT_GE(coarsest, 3);
}

TEST_F(MetricSeriesTest, ARangeOfStepsIsCutToThePoint) {
    train(0, 9001);
    for (const auto& [from, to] : std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 50}, {4095, 4096}, {13, 8017}, {8990, 20000}, {9001, 9002}})
        for (const std::int64_t most : {10000, 500, 150}) expectCovers(series(most, from, to - 1), from, std::max(from, std::min<std::int64_t>(to, 9001)));
}

TEST_F(MetricSeriesTest, RandomBatchesAndRangesAreCoveredExactly) {
    std::mt19937 random(11);
    std::int64_t steps = 0;
    for (int round = 0; round < 12; ++round) {
        // Every attempt goes back a little, as from a checkpoint.
        const std::int64_t from = std::max<std::int64_t>(0, steps - static_cast<std::int64_t>(random() % 300));
        steps = from + 1 + static_cast<std::int64_t>(random() % 2500);
        train(from, steps, 1 + random() % 90);
        const auto first = static_cast<std::int64_t>(random() % static_cast<unsigned>(steps)), last = first + static_cast<std::int64_t>(random() % 4000);
        expectCovers(series(400 + random() % 3000, first, last), first, std::min(last + 1, steps));
        expectCovers(series(2000), 0, steps);
    }
    EXPECT_EQ(problems(), std::vector<std::string>{});
}

TEST_F(MetricSeriesTest, AResumedRunShowsItsNewestAttemptFromThereOn) {
    train(0, 500);
    train(320, 900);
    train(321, 700);  // went back further than the one before and is not there yet
    const auto found = series(10000);
    expectCovers(found, 0, 700);
    expectCovers(series(100), 0, 700);
    const auto validation = series(10000, 0, 1000000, "validation");
    ASSERT_EQ(validation.points.size(), 7u);
    for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(validation.points[i].stepFrom, static_cast<std::int64_t>(i * 100 + 99));
}

TEST_F(MetricSeriesTest, AfterAnExactResumeItIsTheCleanCurve) {
    train(0, 530);
    train(450, 1100);
    const auto clean = *project->metrics().clean(run, "loss");
    std::vector<CleanMetric> seen;
    for (const char* split : {"training", "validation"})
        for (const SeriesPoint& point : series(100000, 0, 1000000, split).points) seen.push_back({point.epoch, point.stepFrom, split, "loss", point.minimum});
    std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return std::tie(a.epoch, a.step, a.split) < std::tie(b.epoch, b.step, b.split); });
    ASSERT_EQ(seen.size(), clean.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        EXPECT_EQ(std::tie(seen[i].epoch, seen[i].step, seen[i].split), std::tie(clean[i].epoch, clean[i].step, clean[i].split));
        EXPECT_TRUE(same(seen[i].value, clean[i].value));
    }
}

TEST_F(MetricSeriesTest, AnotherReaderFollowsPointByPoint) {
    auto reader = open(StoreAccess::ReadOnly);
    train(0, 300);
    auto opened = *reader->metrics().series(run, "loss", "training");
    expectCovers(opened, 0, 300);
    EXPECT_TRUE(reader->metrics().pointsAfter(run, "loss", "training", opened.last)->points.empty());
    train(250, 420);
    MetricSeries more{0, {}, opened.last};
    std::vector<std::int64_t> steps;
    for (;;) {
        more = *reader->metrics().pointsAfter(run, "loss", "training", more.last, 25);
        if (more.points.empty()) break;
        EXPECT_LE(more.points.size(), 25u);
        for (const SeriesPoint& point : more.points) steps.push_back(point.stepFrom);
    }
    ASSERT_EQ(steps.size(), 170u);
    EXPECT_EQ(steps.front(), 250);
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
    EXPECT_EQ(more.last, reader->metrics().series(run, "loss", "training")->last);
}

TEST_F(MetricSeriesTest, NamesAreThoseOfTheRunAlone) {
    EXPECT_TRUE(project->metrics().names(run)->empty());
    train(0, 120);
    EXPECT_EQ(*project->metrics().names(run), (std::vector<SeriesName>{{"training", "loss"}, {"validation", "loss"}}));
    EXPECT_TRUE(project->metrics().names(addRun(*project).id)->empty());
    EXPECT_TRUE(project->metrics().series("nobody", "loss", "training")->points.empty());
    EXPECT_TRUE(series(100, 0, 1000, "test").points.empty());
}

TEST_F(MetricSeriesTest, ABatchThatFailsLeavesNoLevels) {
    const auto attempt = *project->runs().startAttempt(run, "cpu");
    std::vector<MetricRow> rows;
    for (int i = 0; i < 300; ++i) rows.push_back(metric(attempt, i, i, i));
    rows.push_back(metric({run, 9, 0, 0, {}, {}}, 300, 300, 0));
    EXPECT_EQ(project->metrics().append(rows).get().error().code, "run.attempt_not_found");
    EXPECT_TRUE(project->metrics().names(run)->empty());
    rows.pop_back();
    ASSERT_TRUE(project->metrics().append(rows).get());
    EXPECT_EQ(project->metrics().append({metric(attempt, 299, 400, 1)}).get().error().code, "run.metrics_not_in_order");
    EXPECT_EQ(series(1000).points.size(), 300u);
    EXPECT_EQ(problems(), std::vector<std::string>{});
}

TEST_F(MetricSeriesTest, VerifyFindsALevelThatIsNotThatOfItsPoints) {
    train(0, 5000, 1);
    ASSERT_EQ(problems(), std::vector<std::string>{});
    for (const char* change : {"minimum = 7 WHERE level = 1 AND bucket = 3", "maximum = 7 WHERE level = 2 AND bucket = 1", "step_to = step_to + 1 WHERE level = 3",
                               "sum = sum + 1 WHERE level = 1 AND bucket = 100", "points = points - 1 WHERE level = 2 AND bucket = 0"}) {
        damage("CREATE TEMP TABLE whole AS SELECT * FROM metric_level");
        damage(std::string("UPDATE metric_level SET ") + change + " AND series = 1");
        EXPECT_EQ(problems(), std::vector<std::string>{"project.metric_levels"}) << change;
        damage("DELETE FROM metric_level; INSERT INTO metric_level SELECT * FROM whole; DROP TABLE whole");
        ASSERT_EQ(problems(), std::vector<std::string>{});
    }
    damage("DELETE FROM metric_level WHERE level = 2 AND bucket = 1 AND series = 1");
    EXPECT_EQ(problems(), std::vector<std::string>{"project.metric_levels"});
    damage("DELETE FROM metric_point WHERE step = 17");
    EXPECT_EQ(problems().front(), "project.metric_levels_incomplete");
}

TEST_F(MetricSeriesTest, OlderProjectsGetTheirLevelsWhenTheyAreOpened) {
    train(0, 9001);
    train(8950, 9321);
    const auto all = series(100000), coarse = series(200);
    ASSERT_TRUE(project->close());
    takeBackToVersion(file(), 4);
    EXPECT_EQ(Project::open(file(), StoreAccess::ReadOnly).error().code, "project.older_version");
    project = open();
    EXPECT_EQ(problems(), std::vector<std::string>{});
    EXPECT_EQ(series(100000).points.size(), all.points.size());
    expectCovers(series(200), 0, 9321);
    EXPECT_EQ(series(200).level, coarse.level);
    train(9300, 9700);
    expectCovers(series(200), 0, 9700);
    EXPECT_EQ(problems(), std::vector<std::string>{});
}

}  // namespace
}  // namespace lamina
