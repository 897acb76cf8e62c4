#include "app/pages/clean/table_look.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/jobs/profile_jobs.h"
#include "app/sources/column_sketch.h"
#include "core/data/profile/picture_profile.h"
#include "core/data/profile/profile_table.h"

namespace lamina {
namespace {

class LookWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::LookWords)
};

constexpr std::size_t mostSuggestions = 20;

QString rowsText(std::int64_t rows) { return QLocale().toString(static_cast<qlonglong>(rows)); }

/// For the plural forms of a text.
int inWords(std::int64_t rows) { return static_cast<int>(std::min<std::int64_t>(rows, std::numeric_limits<int>::max())); }

QString shareText(std::int64_t part, std::int64_t all) {
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(all, 1));
    return QLocale().toString(percent, 'f', percent < 10 ? 1 : 0) + QStringLiteral(" %");
}

/// Collects offers with what each is worth.
class Found {
public:
    void add(double worth, const QString& text, const std::vector<std::string>& types, const std::vector<std::string>& columns, bool complete = true,
             const nlohmann::json& settings = nlohmann::json::object()) {
        if (auto step = makeStep(types, columns, settings)) m_all.emplace_back(worth, StepOffer{text, std::move(*step), complete});
    }
    void addFirst(double worth, const QString& text, const char* type) {
        add(worth, text, {type}, {});
        if (!m_all.empty() && m_all.back().second.step.type == type) m_all.back().second.first = true;
    }
    void remark(double worth, const QString& text) { m_all.emplace_back(worth, StepOffer{text, {}}); }
    std::vector<StepOffer> take() {
        std::stable_sort(m_all.begin(), m_all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<StepOffer> offers;
        for (auto& [worth, offer] : m_all)
            if (offers.size() < mostSuggestions) offers.push_back(std::move(offer));
        return offers;
    }

private:
    std::vector<std::pair<double, StepOffer>> m_all;
};

void suggestForMissing(const ProfiledColumn& column, const QString& name, bool target, Found& found) {
    if (column.missing == 0) return;
    const double share = static_cast<double>(column.missing) / static_cast<double>(column.rows);
    if (target)
        return found.add(5, LookWords::tr("%n row(s) have no %1, which is to be predicted: they teach nothing.", nullptr, inWords(column.missing)).arg(name),
                         {"drop_missing_rows"}, {column.name});
    if (share > 0.6)
        return found.add(3 + share,
                         LookWords::tr("%1 is almost empty: %2 of the rows have no value.").arg(name, shareText(column.missing, column.rows)),
                         {"drop_columns"}, {column.name});
    const bool numbers = column.numbers && column.kind != ColumnKind::Boolean;
    found.add(2 + share,
              LookWords::tr("%1 has no value in %n row(s) (%2).", nullptr, inWords(column.missing)).arg(name, shareText(column.missing, column.rows)),
              {"fill_missing"}, {column.name}, true, {{"method", numbers ? "median" : "most_frequent"}});
}

void suggestForTexts(const ProfiledColumn& column, const QString& name, Found& found) {
    if (!column.text) return;
    const TextFacts& text = *column.text;
    if (text.placeholders > 0) {
        found.add(4, LookWords::tr("%1 has words in %n row(s) that likely mean “no value”.", nullptr, inWords(text.placeholders)).arg(name), {"mark_missing"},
                  {column.name});
    }
    if (text.padded > 0 || text.blank > 0)
        found.add(3.5, LookWords::tr("%1 has blanks around its texts in %n row(s).", nullptr, inWords(text.padded + text.blank)).arg(name), {"trim_text"},
                  {column.name});
    if (text.looksLike == "number")
        found.add(4.5, LookWords::tr("%1 is text, but reads like numbers.").arg(name), {"parse_numbers", "change_type"}, {column.name}, true,
                  {{"to", "number"}});
    if (text.looksLike == "time")
        found.add(4.5, LookWords::tr("%1 is text, but reads like dates.").arg(name), {"parse_dates", "change_type"}, {column.name}, true,
                  {{"to", "time"}});
}

void suggestForColumn(const ProfiledColumn& column, const std::string& target, Found& found) {
    const QString name = QString::fromStdString(column.name).left(40);
    const bool isTarget = column.name == target;
    if (column.valid > 0 && column.constant && !isTarget)
        return found.add(2.5, LookWords::tr("%1 has the same value in every row.").arg(name), {"drop_columns"}, {column.name});
    if (column.identifier && !isTarget)
        return found.add(2.2, LookWords::tr("%1 is different in every row: a number or name of the row, nothing to learn from.").arg(name),
                         {"drop_columns"}, {column.name});
    suggestForMissing(column, name, isTarget, found);
    suggestForTexts(column, name, found);
    const std::int64_t outliers = column.numbers ? column.numbers->lowOutliers + column.numbers->highOutliers : 0;
    if (outliers > 0 && outliers < column.valid / 20)
        found.add(1.5, LookWords::tr("%1 has %n value(s) far away from the others.", nullptr, inWords(outliers)).arg(name), {"outliers_clip", "clip_values"},
                  {column.name}, false);
}

/// A "Replace values" step for what the clusters say; a person looks at it first where `certain` is false.
void suggestForSpellings(const std::string& column, const std::vector<ValueCluster>& clusters, bool certain, Found& found) {
    nlohmann::json from = nlohmann::json::array(), to = nlohmann::json::array();
    for (const ValueCluster& cluster : clusters)
        for (const auto& [value, rows] : cluster.values) {
            if (value == cluster.suggestion) continue;
            from.push_back(value);
            to.push_back(cluster.suggestion);
        }
    if (from.empty()) return;
    const auto text = [](const std::string& value) { return QString::fromStdString(value).left(24); };
    const ValueCluster& first = clusters.front();
    const QString words = certain ? LookWords::tr("%1 has values that seem to be spellings of one thing, like “%2” and “%3”.")
                                  : LookWords::tr("%1 has rare values that may be misspelt: it also has “%2”, and “%3”. Look at the list first.");
    found.add(certain ? 3.8 : 2.1, words.arg(text(column), text(first.values[0].first), text(first.values[1].first)), {"map_values"}, {column}, certain,
              {{"from", from}, {"to", to}});
}

/// Repeated in all columns of the import: what only looks alike because a column was left out may be different things.
void suggestForRepeated(const LookedAt& looked, Found& found) {
    const std::int64_t repeated = looked.profile.duplicates.repeated(), alike = looked.profile.repeatedInTable - repeated;
    const QString text = LookWords::tr("Rows that repeat another one exactly: %1.").arg(rowsText(repeated));
    if (repeated > 0 && alike <= 0) found.add(3.2, text, {"drop_duplicates"}, {});
    if (repeated > 0 && alike > 0) found.addFirst(3.2, text, "drop_duplicates");
    if (alike <= 0) return;
    QStringList names;
    for (const std::string& name : looked.leftOut)
        if (names.size() < 3) names << QString::fromStdString(name).left(30);
    if (static_cast<qsizetype>(looked.leftOut.size()) > names.size()) names << QStringLiteral("…");
    found.remark(1, LookWords::tr("%n row(s) look like another one only since %1 was left out: they may well be different things, so they are not "
                                  "proposed for removal.",
                                  nullptr, inWords(alike))
                        .arg(names.join(QStringLiteral(", "))));
}

/// Large groups may be the nature of the data (a fixed camera): the step leaves them alone, too.
void suggestForAlike(const NearDuplicates& alike, Found& found) {
    std::int64_t repeated = 0;
    for (const RowGroups::Group& group : alike.groups.groups)
        if (!group.large || group.rows == 2) repeated += group.rows - 1;
    if (repeated == 0) return;
    const QString column = QString::fromStdString(alike.column).left(40);
    found.add(3.1, LookWords::tr("%n picture(s) of %1 look like another one, in another size, format or brightness.", nullptr, inWords(repeated)).arg(column),
              {"drop_alike_pictures"}, {alike.column});
}

void remarkOnRareClasses(const DatasetProfile& profile, Found& found) {
    const auto rare = profile.rareClasses();
    if (rare.empty()) return;
    const ProfiledValue& fewest = rare.back();
    found.remark(3, LookWords::tr("%n class(es) of the target have fewer than 5 rows, like “%1” with %2: merge them with others, bring more of them, or "
                                  "do not trust their figures.",
                                  nullptr, inWords(std::ssize(rare)))
                        .arg(QString::fromStdString(fewest.text).left(30), rowsText(fewest.rows)));
}

/// Columns of words that come again and again.
/// Each is compared with all others of its length: of more values that takes seconds.
constexpr std::int64_t mostComparedValues = 4'000;

bool hasSpellings(const ProfiledColumn& column) {
    const bool words = column.kind == ColumnKind::Text || column.kind == ColumnKind::Category;
    return words && column.distinct >= 2 && column.distinct <= 20'000 && column.distinct * 3 < column.valid;
}

}  // namespace

std::set<std::string> ignoredColumns(const DatasetRecord& dataset) {
    std::set<std::string> names;
    for (const ColumnRecord& column : dataset.columns)
        if (column.role == "ignored") names.insert(column.name);
    return names;
}

std::vector<StepOffer> suggestionsOf(const LookedAt& looked, const std::string& target, const std::set<std::string>& ignored) {
    Found found;
    const DatasetProfile& profile = looked.profile;
    for (const auto& [column, clusters] : looked.spellings)
        if (!ignored.contains(column)) suggestForSpellings(column, clusters, true, found);
    for (const auto& [column, clusters] : looked.misspellings)
        if (!ignored.contains(column)) suggestForSpellings(column, clusters, false, found);
    for (const ProfiledColumn& column : profile.columns)
        if (!ignored.contains(column.name)) suggestForColumn(column, target, found);
    suggestForRepeated(looked, found);
    for (const NearDuplicates& alike : profile.nearDuplicates)
        if (!ignored.contains(alike.column)) suggestForAlike(alike, found);
    remarkOnRareClasses(profile, found);
    for (const LeakSuspect& suspect : profile.suspects)
        if (!ignored.contains(suspect.column))
            found.add(4.8,
                  LookWords::tr("%1 alone tells the target almost always: is it known when predicting?")
                      .arg(QString::fromStdString(suspect.column).left(40)),
                  {"drop_columns"}, {suspect.column});
    return found.take();
}

TableLook::TableLook(TaskList& tasks, QObject* parent) : QObject(parent), m_tasks(tasks) {}

void TableLook::forgetSketches() {
    if (m_sketching != 0) m_tasks.cancel(m_sketching);
    m_sketching = 0;
    ++m_generation;
}

void TableLook::clear() {
    forgetSketches();
    if (m_suggesting != 0) m_tasks.cancel(m_suggesting);
    m_suggesting = 0;
}

namespace {

ProfileInput inputOf(const CleanTable& clean, const std::string& target) {
    ProfileInput input;
    input.table = clean.table;
    if (clean.removedBy) input.removedBy = *clean.removedBy;
    if (!target.empty() && clean.table.find(target)) input.target = target;
    return input;
}

/// What was kept of a column's pictures; empty: they were not all read yet.
std::optional<SeenPictures> rememberedOf(const TableColumn& column, const SourcePictures& pictures) {
    const auto index = pictures.memory.find ? pictures.indexOf(column) : std::nullopt;
    auto seen = index ? pictures.memory.find(*index) : std::nullopt;
    const auto rows = static_cast<std::size_t>(column.view.rows);
    if (!seen || seen->pictures.size() != rows || seen->likeness.leaders.size() != rows) return {};
    return seen;
}

Result<void> findAlike(const ProfileInput& input, const SourcePictures& pictures, ProfileSettings settings, DatasetProfile& profile) {
    for (std::size_t column = 0; column < input.table.columnCount(); ++column) {
        if (!holdsPictures(input.table.info(column))) continue;
        auto seen = rememberedOf(input.table.column(column), pictures);
        if (!seen) continue;
        settings.memory = {[&seen](std::size_t) { return std::exchange(seen, std::nullopt); }, {}};
        LAMINA_TRY(auto alike, profilePictures(input, column, settings, profile.columns[column]));
        profile.nearDuplicates.push_back(std::move(alike));
    }
    return {};
}

Result<LookedAt> lookAt(const CleanTable& clean, const Table& imported, const std::string& target, const SourcePictures& pictures,
                        const ProfileSettings& settings) {
    LookedAt looked;
    ProfileInput input = inputOf(clean, target);
    input.leftOut = leftOutColumns(imported, clean);
    for (const TableColumn& column : input.leftOut) looked.leftOut.push_back(column.info.name);
    LAMINA_TRY(looked.profile, profileTable(input, settings));
    LAMINA_CHECK(findAlike(input, pictures, settings, looked.profile));
    for (std::size_t column = 0; column < looked.profile.columns.size(); ++column) {
        if (!hasSpellings(looked.profile.columns[column])) continue;
        LAMINA_TRY(auto clusters, clusterValues(clean.table.view(column), ClusterMethod::Fingerprint, settings.cancel));
        if (!clusters.empty()) looked.spellings.emplace_back(clean.table.info(column).name, std::move(clusters));
        if (looked.profile.columns[column].distinct > mostComparedValues) continue;
        LAMINA_TRY(auto misspelt, likelyMisspellings(clean.table.view(column), settings.cancel));
        if (!misspelt.empty()) looked.misspellings.emplace_back(clean.table.info(column).name, std::move(misspelt));
    }
    return looked;
}

bool sameState(const CleanTable& a, const CleanTable& b) {
    if (a.table.columnCount() != b.table.columnCount() || a.removedBy != b.removedBy || a.table.rows() != b.table.rows()) return false;
    for (std::size_t column = 0; column < a.table.columnCount(); ++column)
        if (a.table.column(column).owner != b.table.column(column).owner || a.table.info(column) != b.table.info(column)) return false;
    return true;
}

}  // namespace

void TableLook::look(const CleanTable& shown, const CleanTable& last, const OpenedRecipe& opened) {
    clear();
    const bool same = sameState(shown, last);
    if (!same) sketch(shown);
    suggest(last, opened, same);
}

std::function<void(std::size_t, const ProfiledColumn&)> TableLook::teller() {
    return [self = QPointer(this), generation = m_generation](std::size_t column, const ProfiledColumn& profile) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, generation, column, profile] {
                if (self && self->m_generation == generation) emit self->sketched(static_cast<int>(column), sketchOf(profile));
            },
            Qt::QueuedConnection);
    };
}

void TableLook::sketch(const CleanTable& shown) {
    m_sketching = m_tasks.quietly(
        this,
        [shown, tell = teller()](TaskContext& context) -> Result<bool> {
            ProfileSettings settings;
            settings.pictures = false;
            settings.cancel = context.cancel;
            for (std::size_t column = 0; column < shown.table.columnCount(); ++column) {
                LAMINA_TRY(const ProfiledColumn profile, profileOne(inputOf(shown, {}), column, settings));
                tell(column, profile);
            }
            return true;
        },
        [this](const Result<bool>&) { m_sketching = 0; });
}

void TableLook::suggest(const CleanTable& last, const OpenedRecipe& opened, bool sketchToo) {
    m_suggesting = m_tasks.quietly(
        this,
        [last, imported = opened.table, target = opened.target, pictures = m_pictures, tell = sketchToo ? teller() : nullptr](TaskContext& context) {
            ProfileSettings settings;
            settings.pictures = false;
            settings.cancel = context.cancel;
            settings.columnReady = tell;
            return lookAt(last, imported, target, pictures, settings);
        },
        [this, target = opened.target, ignored = ignoredColumns(opened.dataset)](const Result<LookedAt>& looked) {
            m_suggesting = 0;
            if (looked) emit suggested(suggestionsOf(*looked, target, ignored));
        });
}

}  // namespace lamina
