#include "app/jobs/clean_cache.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "app/jobs/work_folder.h"

namespace lamina {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* manifestName = "manifest.json";

/// Is it this very column, and not only one that shares some of its values?
bool isSameColumn(const ColumnView& a, const ColumnView& b) {
    return a.kind == b.kind && a.rows == b.rows && a.numbers.data() == b.numbers.data() && a.integers.data() == b.integers.data() &&
           a.booleans.data() == b.booleans.data() && a.codes.data() == b.codes.data() && a.dictionary.data() == b.dictionary.data() &&
           a.offsets.data() == b.offsets.data() && a.textBytes.data() == b.textBytes.data() && a.elements.data() == b.elements.data() &&
           a.missingBits.data() == b.missingBits.data();
}

std::optional<std::size_t> placeInSource(const Table& source, const ColumnView& column) {
    for (std::size_t c = 0; c < source.columnCount(); ++c)
        if (isSameColumn(source.view(c), column)) return c;
    return {};
}

/// What is known of the rows, as bytes in a file.
template <class Value>
Result<json> writeRows(const Path& folder, const std::shared_ptr<const std::vector<Value>>& values) {
    if (!values) return json();
    ColumnInfo info;
    info.kind = ColumnKind::Tensor;
    info.elementType = DType::UInt8;
    info.elementShape = {sizeof(Value)};
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info, values->size() * sizeof(Value)));
    LAMINA_CHECK(writer->appendElements(std::as_bytes(std::span(*values))));
    LAMINA_TRY(const auto stored, writer->finish());
    return json(stored.hash);
}

template <class Value>
bool readRows(const Path& folder, const json& hash, std::int64_t rows, std::shared_ptr<const std::vector<Value>>& values) {
    if (hash.is_null()) return true;
    const auto file = ColumnFile::open(columnPath(folder, hash.get<std::string>()));
    if (!file || file->view().elements.size() != static_cast<std::size_t>(rows) * sizeof(Value)) return false;
    auto read = std::make_shared<std::vector<Value>>(static_cast<std::size_t>(rows));
    if (rows > 0) std::memcpy(read->data(), file->view().elements.data(), file->view().elements.size());
    values = std::move(read);
    return true;
}

json reportJson(const StepReport& report) {
    auto issues = json::array();
    for (const Issue& issue : report.issues)
        issues.push_back({{"severity", static_cast<int>(issue.severity)}, {"code", issue.what.code}, {"arguments", issue.what.arguments}, {"count", issue.count}});
    return {{"changed", report.changedCells}, {"removed", report.removedRows}, {"refused", report.refusedCount}, {"issues", issues}};
}

StepReport reportFrom(const json& object) {
    StepReport report;
    report.changedCells = object.at("changed");
    report.removedRows = object.at("removed");
    report.refusedCount = object.at("refused");
    for (const auto& issue : object.at("issues"))
        report.issues.push_back({static_cast<Severity>(issue.at("severity").get<int>()), Error{issue.at("code"), issue.at("arguments")}, issue.at("count")});
    return report;
}

Result<json> writeColumn(const Path& folder, const Table& source, const TableColumn& column) {
    json entry{{"id", column.info.id}, {"name", column.info.name}, {"role", column.info.role}};
    if (const auto place = placeInSource(source, column.view)) {
        entry["source"] = *place;
        return entry;
    }
    ColumnInfo info = column.info;
    info.rows = info.missing = 0;
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info));
    LAMINA_CHECK(writer->append(column.view));
    LAMINA_TRY(const auto stored, writer->finish());
    entry["file"] = stored.hash;
    return entry;
}

std::optional<TableColumn> readColumn(const Path& folder, const Table& source, const json& entry) {
    TableColumn column;
    if (entry.contains("source")) {
        const auto place = entry["source"].get<std::size_t>();
        if (place >= source.columnCount()) return {};
        column = source.column(place);
    } else {
        auto file = ColumnFile::open(columnPath(folder, entry.at("file").get<std::string>()));
        if (!file) return {};
        const auto kept = std::make_shared<const ColumnFile>(std::move(*file));
        column = {kept->info(), kept->view(), kept};
    }
    column.info.id = entry.at("id");
    column.info.name = entry.at("name");
    column.info.role = entry.at("role");
    return column;
}

std::optional<KeptClean> readKept(const Path& folder, const json& manifest, const Table& source) {
    KeptClean kept;
    std::vector<TableColumn> columns;
    for (const auto& entry : manifest.at("columns")) {
        auto column = readColumn(folder, source, entry);
        if (!column) return {};
        columns.push_back(std::move(*column));
    }
    auto table = Table::of(std::move(columns));
    auto recipe = recipeFromJson(manifest.at("recipe"));
    if (!table || !recipe) return {};
    kept.clean.table = std::move(*table);
    kept.recipe = std::move(*recipe);
    const std::int64_t rows = kept.clean.table.rows();
    if (!readRows(folder, manifest.at("removed"), rows, kept.clean.removedBy) || !readRows(folder, manifest.at("weights"), rows, kept.clean.weights) ||
        !readRows(folder, manifest.at("origin"), rows, kept.clean.origin))
        return {};
    kept.clean.appended = manifest.value("appended", std::int64_t{0});
    kept.clean.rowsKey = manifest.at("rows_key").get<std::string>();
    for (const auto& report : manifest.at("reports")) kept.reports.push_back(reportFrom(report));
    return kept.reports.size() == kept.recipe.steps.size() ? std::optional(std::move(kept)) : std::nullopt;
}

std::uint64_t bytesBelow(const Path& folder) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (const auto size = at->file_size(ignored); !ignored) bytes += size;
    }
    return bytes;
}

}  // namespace

std::uint64_t madeBytes(const Table& source, const Table& made) {
    std::uint64_t bytes = 0;
    for (std::size_t c = 0; c < made.columnCount(); ++c) {
        const ColumnView view = made.view(c);
        if (placeInSource(source, view)) continue;
        bytes += view.numbers.size_bytes() + view.integers.size_bytes() + view.booleans.size() + view.codes.size_bytes() + view.offsets.size_bytes() +
                 view.textBytes.size() + view.elements.size();
    }
    return bytes;
}

std::optional<KeptClean> CleanCache::find(const std::string& key, const Table& source, const std::function<std::string()>& others) const {
    const Path place = folder() / key;
    const auto text = readTextFile(place / manifestName);
    if (!text) return {};
    const auto manifest = json::parse(*text, nullptr, false);
    try {
        if (manifest.is_discarded() || manifest.at("version") != 1) return {};
        if (const std::string state = manifest.at("others"); !state.empty() && state != others()) return {};
        auto kept = readKept(place, manifest, source);
        std::error_code ignored;
        if (kept && !m_project.readOnly()) fs::last_write_time(place / manifestName, fs::file_time_type::clock::now(), ignored);
        return kept;
    } catch (const json::exception&) {
        return {};
    }
}

Result<void> CleanCache::keep(const std::string& key, const Table& source, const KeptClean& made, const std::string& others, const CancelToken& cancel) const {
    if (m_project.readOnly()) return {};
    const WorkFolder work(m_project, "cache");
    LAMINA_CHECK(files().makeFolder(work.path()));
    json manifest{{"version", 1}, {"others", others}, {"recipe", toJson(made.recipe)}, {"columns", json::array()}, {"reports", json::array()}, {"appended", made.clean.appended}, {"rows_key", made.clean.rowsKey}};
    for (std::size_t c = 0; c < made.clean.table.columnCount(); ++c) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(auto entry, writeColumn(work.path(), source, made.clean.table.column(c)));
        manifest["columns"].push_back(std::move(entry));
    }
    LAMINA_TRY(manifest["removed"], writeRows(work.path(), made.clean.removedBy));
    LAMINA_TRY(manifest["weights"], writeRows(work.path(), made.clean.weights));
    LAMINA_TRY(manifest["origin"], writeRows(work.path(), made.clean.origin));
    for (const StepReport& report : made.reports) manifest["reports"].push_back(reportJson(report));
    LAMINA_CHECK(writeFileAtomically(work.path() / manifestName, manifest.dump(-1, ' ', false, json::error_handler_t::replace)));
    LAMINA_CHECK(files().makeFolder(folder()));
    std::error_code ignored;
    fs::remove_all(folder() / key, ignored);  // one that could not be read
    LAMINA_CHECK(files().rename(work.path(), folder() / key));
    sweep(key);
    return {};
}

void CleanCache::sweep(const std::string& keptKey) const {
    struct Entry {
        Path path;
        fs::file_time_type used;
        std::uint64_t bytes;
    };
    std::vector<Entry> entries;
    std::uint64_t total = 0;
    std::error_code error;
    for (fs::directory_iterator at(folder(), error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        entries.push_back({at->path(), fs::last_write_time(at->path() / manifestName, ignored), bytesBelow(at->path())});
        total += entries.back().bytes;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
    for (const Entry& entry : entries) {
        if (total <= largest) return;
        if (entry.path.filename() == keptKey) continue;
        fs::remove_all(entry.path, error);
        total -= entry.bytes;
    }
}

}  // namespace lamina
