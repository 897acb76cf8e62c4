#include "core/project/label_class_record.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/project/rows.h"

namespace lamina {
namespace {

constexpr const char* classColumns =
    "SELECT id, name, colour, key, position, retired, number, description, parent, merged_into, points FROM label_class";

nlohmann::json pointsToJson(const LabelClassRecord& record) {
    if (record.points.empty() && record.skeleton.empty()) return nlohmann::json::object();
    return {{"names", record.points}, {"skeleton", record.skeleton}};
}

/// What a damaged file holds there instead counts as none.
void pointsFromJson(const nlohmann::json& json, LabelClassRecord& record) {
    if (!json.is_object()) return;
    for (const auto& name : json.value("names", nlohmann::json::array()))
        if (name.is_string()) record.points.push_back(name.get<std::string>());
    for (const auto& edge : json.value("skeleton", nlohmann::json::array()))
        if (edge.is_array() && edge.size() == 2 && edge[0].is_number_integer() && edge[1].is_number_integer())
            record.skeleton.emplace_back(edge[0].get<int>(), edge[1].get<int>());
}

Result<LabelClassRecord> classRowOf(SQLite::Statement& query) {
    LabelClassRecord record;
    record.id = query.getColumn(0).getString();
    record.name = query.getColumn(1).getString();
    record.colour = query.getColumn(2).getString();
    record.key = query.getColumn(3).getString();
    record.order = query.getColumn(4).getInt64();
    record.retired = query.getColumn(5).getInt() != 0;
    record.number = query.getColumn(6).getInt64();
    record.description = query.getColumn(7).getString();
    record.parent = query.getColumn(8).getString();
    record.mergedInto = query.getColumn(9).getInt64();
    LAMINA_TRY(const auto points, rows::document(query.getColumn(10).getString()));
    pointsFromJson(points, record);
    return record;
}

Result<void> checkNameIsFree(SQLite::Database& database, const std::string& id, const std::string& name) {
    if (name.empty()) return fail("label_class.empty_name");
    SQLite::Statement query(database, "SELECT 1 FROM label_class WHERE name = ? AND id <> ? AND merged_into = 0");
    rows::bind(query, name, id);
    if (query.executeStep()) return fail("label_class.name_taken", {{"name", name}});
    return {};
}

std::int64_t numberOf(SQLite::Database& database, const std::string& id) {
    SQLite::Statement query(database, "SELECT number FROM label_class WHERE id = ?");
    query.bind(1, id);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

std::int64_t mergedIntoOf(SQLite::Database& database, std::int64_t number) {
    SQLite::Statement query(database, "SELECT merged_into FROM label_class WHERE number = ?");
    query.bind(1, number);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

/// Would the classes stand for each other in a circle?
bool leadsTo(SQLite::Database& database, std::int64_t from, std::int64_t to) {
    constexpr int longest = 1000;
    for (int step = 0; from != 0 && step < longest; ++step) {
        if (from == to) return true;
        from = mergedIntoOf(database, from);
    }
    return from != 0;
}

}  // namespace

ClassNumbers::ClassNumbers(const std::vector<LabelClassRecord>& classes) {
    for (const auto& record : classes) m_into[record.number] = record.mergedInto;
}

std::int64_t ClassNumbers::current(std::int64_t number) const {
    for (std::size_t step = 0; step <= m_into.size(); ++step) {
        const auto found = m_into.find(number);
        if (found == m_into.end() || found->second == 0) return number;
        number = found->second;
    }
    return number;
}

std::vector<std::int64_t> ClassNumbers::behind(std::int64_t number) const {
    std::vector<std::int64_t> numbers;
    for (const auto& [known, into] : m_into)
        if (current(known) == number) numbers.push_back(known);
    if (numbers.empty()) numbers.push_back(number);
    return numbers;
}

void insertLabelClass(SQLite::Database& database, const LabelClassRecord& record) {
    rows::execute(
        database,
        "INSERT INTO label_class (id, name, colour, key, position, retired, number, description, parent, merged_into, points)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, CASE WHEN ?7 > 0 THEN ?7 ELSE (SELECT ifnull(max(number), 0) + 1 FROM label_class) END, ?8, ?9, ?10, ?11)",
        record.id, record.name, record.colour, record.key, record.order, record.retired, record.number, record.description, record.parent,
        record.mergedInto, rows::text(pointsToJson(record)));
}

std::string classColour(std::int64_t number) {
    // Hues a golden angle apart: neighbours differ most, and no two of the first hundreds are alike.
    const double hue = std::fmod(static_cast<double>(number) * 137.50776405003785, 360.0);
    const double light = number % 2 == 0 ? 0.45 : 0.58, strength = 0.65 * std::min(light, 1 - light);
    const auto part = [&](double n) {
        const double k = std::fmod(n + hue / 30, 12);
        return static_cast<int>(std::lround(255 * (light - strength * std::max(-1.0, std::min({k - 3, 9 - k, 1.0})))));
    };
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", part(0) & 255, part(8) & 255, part(4) & 255);
    return text;
}

EditFuture LabelClassRepository::add(LabelClassRecord record) {
    EditName name = editName("edit.add_class", {{"name", record.name}});
    return m_store.edit(std::move(name), m_author, [record = std::move(record)](SQLite::Database& database) -> Result<void> {
        LAMINA_CHECK(checkNameIsFree(database, record.id, record.name));
        insertLabelClass(database, record);
        return {};
    });
}

EditFuture LabelClassRepository::rename(const std::string& id, const std::string& name) {
    return m_store.edit(editName("edit.rename_class", {{"to", name}}), m_author, [id, name](SQLite::Database& database) -> Result<void> {
        LAMINA_CHECK(checkNameIsFree(database, id, name));
        if (rows::execute(database, "UPDATE label_class SET name = ? WHERE id = ?", name, id) == 0)
            return fail("label_class.not_found", {{"class", id}});
        return {};
    });
}

EditFuture LabelClassRepository::setRetired(const std::string& id, bool retired) {
    EditName name = retired ? editName("edit.retire_class") : editName("edit.bring_back_class");
    return m_store.edit(std::move(name), m_author, [id, retired](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE label_class SET retired = ? WHERE id = ?", retired, id) == 0)
            return fail("label_class.not_found", {{"class", id}});
        return {};
    });
}

EditFuture LabelClassRepository::change(const LabelClassRecord& record) {
    return m_store.edit(editName("edit.change_class", {{"name", record.name}}), m_author, [record](SQLite::Database& database) -> Result<void> {
        if (rows::execute(database, "UPDATE label_class SET colour = ?, key = ?, position = ?, description = ?, parent = ?, points = ? WHERE id = ?",
                          record.colour, record.key, record.order, record.description, record.parent, rows::text(pointsToJson(record)),
                          record.id) == 0)
            return fail("label_class.not_found", {{"class", record.id}});
        return {};
    });
}

EditFuture LabelClassRepository::arrange(const std::vector<LabelClassRecord>& classes) {
    return m_store.edit(editName("edit.arrange_classes"), m_author, [classes](SQLite::Database& database) -> Result<void> {
        std::int64_t place = 0;
        for (const LabelClassRecord& record : classes)
            if (rows::execute(database, "UPDATE label_class SET position = ?, key = ? WHERE id = ?", place++, record.key, record.id) == 0) return fail("label_class.not_found", {{"class", record.id}});
        return {};
    });
}

EditFuture LabelClassRepository::merge(const std::string& from, const std::string& into) {
    return m_store.edit(editName("edit.merge_class"), m_author, [from, into](SQLite::Database& database) -> Result<void> {
        const std::int64_t source = numberOf(database, from), target = numberOf(database, into);
        if (source == 0 || target == 0) return fail("label_class.not_found", {{"class", source == 0 ? from : into}});
        if (leadsTo(database, target, source)) return fail("label_class.merge_circle", {{"class", into}});
        rows::execute(database, "UPDATE label_class SET merged_into = ?, retired = 1, key = '' WHERE id = ?", target, from);
        return {};
    });
}

Result<std::vector<LabelClassRecord>> LabelClassRepository::all() const {
    std::vector<LabelClassRecord> records;
    LAMINA_CHECK(m_store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, std::string(classColumns) + " ORDER BY position, id");
        while (query.executeStep()) {
            LAMINA_TRY(auto record, classRowOf(query));
            records.push_back(std::move(record));
        }
        return {};
    }));
    return records;
}

Result<LabelClassRecord> LabelClassRepository::find(const std::string& idOrName) const {
    LAMINA_TRY(auto records, all());
    const auto match = [&](const LabelClassRecord& record, bool active) {
        return record.id == idOrName || (record.name == idOrName && (!active || (!record.retired && record.mergedInto == 0)));
    };
    for (const bool active : {true, false})
        for (auto& record : records)
            if (match(record, active)) return std::move(record);
    return fail("label_class.not_found", {{"class", idOrName}});
}

}  // namespace lamina
